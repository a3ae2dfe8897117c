package dev.creel.component.wit;

import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import java.util.Map;

/**
 * An interface read from WIT text, with everything it uses resolved.
 *
 * @param name full name with version, e.g. {@code wasi:io/poll@0.2.12}
 * @param types every named type that is not a resource, also those brought in by {@code use}
 * @param resources resources that this interface defines itself, by name
 * @param functions by canonical name, in text order: {@code now}, {@code [method]pollable.ready}, {@code [static]store.open},
 *     {@code [constructor]fields}. Methods have their {@code self} as first parameter, a borrow
 */
public record WitInterface(
        String name,
        Map<String, ValType> types,
        Map<String, ResourceType.Host> resources,
        Map<String, FuncType> functions) {}
