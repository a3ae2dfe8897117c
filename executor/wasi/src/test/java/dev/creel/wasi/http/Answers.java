package dev.creel.wasi.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keeps what a guest answers, its body in a pipe. */
final class Answers implements ResponseSink {
    final BodyPipe pipe = new BodyPipe(1 << 20);
    int status = -1;
    List<Header> headers = List.of();
    long contentLength = -2;
    String failure = "";

    @Override
    public BodySink respond(int code, List<Header> lines, long length) {
        status = code;
        headers = lines;
        contentLength = length;
        return pipe.sink();
    }

    @Override
    public void fail(HttpErrorCode code) {
        failure = code.name() + ":" + code.message();
    }

    /** All that has arrived, with how it ended. */
    String body() {
        return drain(pipe.source());
    }

    static String drain(BodySource source) {
        var all = new StringBuilder();
        while (true) {
            switch (source.poll(1000)) {
                case BodySource.Chunk.Empty() -> {
                    return all + "…";
                }
                case BodySource.Chunk.Bytes(var bytes) -> all.append(new String(bytes, StandardCharsets.ISO_8859_1));
                case BodySource.Chunk.End(var trailers) -> {
                    return all + trailers.map(t -> "|" + Guest.text(t)).orElse("");
                }
                case BodySource.Chunk.Broken(var code) -> {
                    return all + "!" + code.name();
                }
            }
        }
    }
}
