package dev.creel.control.numbers;

import dev.creel.chassis.json.NumbersJson;
import dev.creel.contract.ProblemException;
import dev.creel.contract.board.NodeEntry;
import dev.creel.contract.board.NodeShelf;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks every node on the board for its numbers, all at once. Thread-safe; {@link #ask} blocks. */
public final class NodeQuestions implements AutoCloseable {
    private final NodeShelf nodes;
    private final String key;
    private final Duration within;
    private final HttpClient client;

    /**
     * @param nodes who is there
     * @param key shared with the executors, which answer nobody else
     * @param within how long to wait for each
     */
    public NodeQuestions(NodeShelf nodes, String key, Duration within) {
        this.nodes = nodes;
        this.key = key;
        this.within = within;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(within)
                .build();
    }

    /** What each says, by name. */
    List<NodeAnswer> ask() {
        var asked = nodes.current().value().entries().values().stream()
                .sorted(Comparator.comparing(NodeEntry::id))
                .map(this::ask)
                .toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<NodeAnswer> ask(NodeEntry node) {
        var request = HttpRequest.newBuilder(URI.create("http://" + node.endpoint() + "/numbers"))
                .timeout(within)
                .header("creel-key", key)
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(response -> answer(node, response))
                .exceptionally(failure -> silent(node, String.valueOf(cause(failure))));
    }

    private static NodeAnswer answer(NodeEntry node, HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            return silent(node, "it answered " + response.statusCode());
        }
        try {
            return new NodeAnswer.Told(node.id(), node.endpoint(), NumbersJson.read(response.body()));
        } catch (ProblemException e) {
            return silent(node, e.problem().detail());
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static NodeAnswer silent(NodeEntry node, String why) {
        return new NodeAnswer.Silent(node.id(), node.endpoint(), why);
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
