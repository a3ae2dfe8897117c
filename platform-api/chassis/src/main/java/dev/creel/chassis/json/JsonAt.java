package dev.creel.chassis.json;

import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A place in a JSON document that somebody else wrote, for readers that check as they go. Every wrong type or missing
 * member is a {@code ProblemException} with {@code code} that names the document and the path.
 *
 * @param document what the document is called in messages, such as {@code locked application}
 * @param path of this value; empty for the whole document
 * @param node the value
 * @param code of refusals
 */
public record JsonAt(String document, String path, JsonNode node, ProblemCode code) {
    /** The whole of a document. */
    public static JsonAt root(String document, byte[] bytes, ProblemCode code) {
        JsonNode node;
        try {
            node = Json.tree(bytes);
        } catch (ProblemException e) {
            throw new ProblemException(code, "The " + document + " is unreadable: " + e.getMessage(), e);
        }
        return new JsonAt(document, "", node, code);
    }

    /** A refusal of this value: {@code what} follows its path, such as "must be a string". */
    public ProblemException refusal(String what) {
        return new ProblemException(
                code, "The " + document + " is not valid: " + (path.isEmpty() ? "it" : path) + " " + what + ".");
    }

    /** A member that must be there. */
    public JsonAt need(String key) {
        return find(key).orElseThrow(() -> at(key, node).refusal("is missing"));
    }

    /** A member that may be absent or null. */
    public Optional<JsonAt> find(String key) {
        object();
        var value = node.get(key);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(at(key, value));
    }

    private JsonAt at(String key, JsonNode value) {
        return new JsonAt(document, path.isEmpty() ? key : path + "." + key, value, code);
    }

    /** This value, which must be an object. */
    public JsonAt object() {
        if (!node.isObject()) {
            throw refusal("must be an object");
        }
        return this;
    }

    /** The members of this object in document order, without those that are null. */
    public Map<String, JsonAt> members() {
        object();
        var members = new LinkedHashMap<String, JsonAt>();
        for (var property : node.properties()) {
            if (!property.getValue().isNull()) {
                members.put(property.getKey(), at(property.getKey(), property.getValue()));
            }
        }
        return members;
    }

    /** The elements of this array. */
    public List<JsonAt> items() {
        if (!node.isArray()) {
            throw refusal("must be an array");
        }
        var items = new ArrayList<JsonAt>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new JsonAt(document, path + "[" + i + "]", node.get(i), code));
        }
        return items;
    }

    /** This value, which must be a string. */
    public String text() {
        if (!node.isString()) {
            throw refusal("must be a string");
        }
        return node.stringValue();
    }

    /** This value, which must be an integer of 64 bits. */
    public long number() {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw refusal("must be an integer");
        }
        return node.longValue();
    }

    /** This value, which must be true or false. */
    public boolean flag() {
        if (!node.isBoolean()) {
            throw refusal("must be true or false");
        }
        return node.booleanValue();
    }

    /** The texts of this array of strings. */
    public List<String> texts() {
        return items().stream().map(JsonAt::text).toList();
    }

    /** The members of this object of strings. */
    public Map<String, String> textMap() {
        var texts = new LinkedHashMap<String, String>();
        members().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    /** This value as plain Java: String, Long, Double, BigInteger, Boolean, List, Map; members that are null are left out. */
    public Object plain() {
        if (node.isObject()) {
            var map = new LinkedHashMap<String, Object>();
            members().forEach((key, value) -> map.put(key, value.plain()));
            return map;
        }
        if (node.isArray()) {
            var list = new ArrayList<Object>();
            items().stream().filter(item -> !item.node.isNull()).forEach(item -> list.add(item.plain()));
            return list;
        }
        if (node.isString()) {
            return node.stringValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : node.numberValue();
        }
        throw refusal("must not be null");
    }
}
