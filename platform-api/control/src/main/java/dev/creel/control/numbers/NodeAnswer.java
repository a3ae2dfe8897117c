package dev.creel.control.numbers;

import dev.creel.contract.board.Endpoint;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.numbers.NodeNumbers;

/** What became of asking one node. */
sealed interface NodeAnswer {
    /** Which. */
    NodeId node();

    /** Where it was asked. */
    Endpoint endpoint();

    /** It answered. */
    record Told(NodeId node, Endpoint endpoint, NodeNumbers numbers) implements NodeAnswer {}

    /** It did not, or not so that one could read it. */
    record Silent(NodeId node, Endpoint endpoint, String why) implements NodeAnswer {}
}
