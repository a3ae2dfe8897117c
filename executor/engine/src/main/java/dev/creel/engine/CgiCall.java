package dev.creel.engine;

import java.util.List;
import java.util.Map;

/**
 * How a command is asked to answer a request, as CGI does (reference spin-app §2.8).
 *
 * @param arguments the guest's, from its own name on
 * @param variables what it is told of the request, without {@code CONTENT_LENGTH}, which only the run knows; the component's
 *     own environment wins over them
 */
public record CgiCall(List<String> arguments, Map<String, String> variables) {
    public CgiCall {
        arguments = List.copyOf(arguments);
        variables = Map.copyOf(variables);
    }
}
