package dev.creel.chassis.http;

import dev.creel.contract.Problem;
import dev.creel.contract.ProblemCode;

/** A problem as it is sent: the members that the {@code spin} client looks for (reference spin-deploy §3.4). */
record ProblemBody(String type, String title, int status, String detail) {
    static ProblemBody of(Problem problem) {
        return new ProblemBody(
                "https://www.rfc-editor.org/rfc/rfc9110#name-" + anchor(problem.code()),
                title(problem.code()),
                problem.code().status(),
                problem.detail());
    }

    private static String anchor(ProblemCode code) {
        return switch (code) {
            case INVALID -> "400-bad-request";
            case UNAUTHENTICATED -> "401-unauthorized";
            case FORBIDDEN -> "403-forbidden";
            case NOT_FOUND -> "404-not-found";
            case CONFLICT -> "409-conflict";
            case TOO_LARGE -> "413-content-too-large";
            case UNPROCESSABLE -> "422-unprocessable-content";
            case TOO_MANY -> "client-error-4xx";
            case INTERNAL -> "500-internal-server-error";
            case NOT_OFFERED -> "501-not-implemented";
            case UNAVAILABLE -> "503-service-unavailable";
            case TIMEOUT -> "504-gateway-timeout";
        };
    }

    private static String title(ProblemCode code) {
        return switch (code) {
            case INVALID -> "The request is not valid.";
            case UNAUTHENTICATED -> "Log in first.";
            case FORBIDDEN -> "This is not allowed.";
            case NOT_FOUND -> "The specified resource was not found.";
            case CONFLICT -> "The request clashes with what is there.";
            case TOO_LARGE -> "The request is too large.";
            case UNPROCESSABLE -> "The request cannot be processed.";
            case TOO_MANY -> "There are too many requests.";
            case INTERNAL -> "An error occurred while processing the request.";
            case NOT_OFFERED -> "This is not offered here.";
            case UNAVAILABLE -> "The service is not available.";
            case TIMEOUT -> "The service did not answer in time.";
        };
    }
}
