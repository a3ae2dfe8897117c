package dev.creel.chassis.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes JSON. Strict about form: duplicate keys, trailing text, nesting deeper than {@value #DEPTH_MAX} and
 * documents over {@value #DOCUMENT_MAX} bytes are refused. Records bind by component name: an {@link Optional} component
 * may be absent or null, every other one must be there; unknown keys are ignored, because clients of other versions send
 * them. What is empty is left out when writing. Every failure is a {@code ProblemException} INVALID that names the path.
 * Thread-safe.
 */
public final class Json {
    /** Deepest nesting that is read. */
    public static final int DEPTH_MAX = 100;

    /** Largest document that is read, in bytes. */
    public static final int DOCUMENT_MAX = 32 * 1024 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxDocumentLength(DOCUMENT_MAX)
                            .maxStringLength(DOCUMENT_MAX)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .annotationIntrospector(new RecordsAreRequired())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(
                    ignored -> JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    private static final JsonMapper PRETTY =
            MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /** Binds a document to a record or another type. */
    public static <T> T read(byte[] bytes, Class<T> type) {
        T value;
        try {
            value = MAPPER.readValue(bytes, type);
        } catch (JacksonException e) {
            throw invalid(e);
        }
        if (value == null) {
            throw new ProblemException(ProblemCode.INVALID, "The JSON document is null, but a value is needed.");
        }
        return value;
    }

    /** Reads any document. */
    public static JsonNode tree(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw invalid(e);
        }
    }

    /** Binds a part of a document. */
    public static <T> T bind(JsonNode node, Class<T> type) {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (JacksonException e) {
            throw invalid(e);
        }
    }

    /** {@code value} as compact UTF-8 JSON. */
    public static byte[] write(@Nullable Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** {@code value} as compact JSON. */
    public static String text(@Nullable Object value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    /** {@code value} as JSON for people, indented. */
    public static String pretty(@Nullable Object value) {
        return PRETTY.writeValueAsString(value);
    }

    private static ProblemException invalid(JacksonException e) {
        var where = e instanceof DatabindException bound && !bound.getPath().isEmpty()
                ? "at " + path(bound)
                : e.getLocation() == null
                        ? ""
                        : "at line " + e.getLocation().getLineNr() + ", column "
                                + e.getLocation().getColumnNr();
        return new ProblemException(
                ProblemCode.INVALID,
                ("The JSON document is not valid " + where).strip() + ": " + firstLine(e) + ".",
                e);
    }

    private static String path(DatabindException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String firstLine(JacksonException e) {
        var message = e.getOriginalMessage();
        int end = message == null ? -1 : message.indexOf('\n');
        return message == null ? "unreadable" : end < 0 ? message : message.substring(0, end);
    }

    /** Makes every component of a record required unless it is an Optional. */
    private static final class RecordsAreRequired extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            if (!member.getDeclaringClass().isRecord()) {
                return super.hasRequiredMarker(config, member);
            }
            var type = member.getRawType();
            return type != Optional.class
                    && type != OptionalInt.class
                    && type != OptionalLong.class
                    && type != OptionalDouble.class;
        }
    }
}
