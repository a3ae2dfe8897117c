package dev.creel.component.binary;

import java.util.Optional;

/**
 * A name of an import or export with what else is said about it, which tells whoever supplies the item how to, and plays no part in
 * types (reference component-model §1.6).
 *
 * @param name as written
 * @param implementing the interface that an instance implements, e.g. {@code wasi:keyvalue/store@0.2.0}
 * @param externalId what the item is known by outside of components
 */
public record AttributedName(String name, Optional<String> implementing, Optional<String> externalId) {}
