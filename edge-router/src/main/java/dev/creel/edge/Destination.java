package dev.creel.edge;

import dev.creel.contract.board.Endpoint;
import dev.creel.contract.board.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a request goes. */
sealed interface Destination {
    /** A server that answers. */
    sealed interface Reachable extends Destination {
        /** Where, at least one. */
        List<Endpoint> endpoints();

        /** For an executor: which revision to run. */
        @Nullable
        String revision();
    }

    /** To the API or the registry. */
    record Platform(List<Endpoint> endpoints) implements Reachable {
        @Override
        public @Nullable String revision() {
            return null;
        }
    }

    /** To an application. */
    record App(Route route) implements Reachable {
        @Override
        public List<Endpoint> endpoints() {
            return route.endpoints();
        }

        @Override
        public String revision() {
            return route.revision().toString();
        }
    }

    /** To an application that no executor holds ready: it is being prepared, or no node is there that could. */
    record Waiting() implements Destination {}

    /** Nobody answers this host. */
    record Nowhere() implements Destination {}
}
