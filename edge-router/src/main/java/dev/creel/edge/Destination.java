package dev.creel.edge;

import dev.creel.contract.board.Endpoint;
import dev.creel.contract.board.Route;

/** Where a request goes. */
sealed interface Destination {
    /** To the API or the registry. */
    record Platform(Endpoint endpoint) implements Destination {}

    /** To an application. */
    record App(Route route) implements Destination {}

    /** Nobody answers this host. */
    record Nowhere() implements Destination {}
}
