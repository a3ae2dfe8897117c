package dev.creel.edge;

import dev.creel.contract.board.Endpoint;

/**
 * The platform's own servers behind the edge.
 *
 * @param api answers the API host
 * @param registry answers the registry host, and {@code /v2/} of the API host
 */
public record UpstreamTargets(Endpoint api, Endpoint registry) {}
