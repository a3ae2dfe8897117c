package dev.creel.artifacts;

import dev.creel.contract.artifact.Digest;

/**
 * A manifest exactly as it was pushed.
 *
 * @param digest of {@code bytes}
 * @param mediaType the {@code Content-Type} of the push; manifests of {@code spin} do not name it themselves
 * @param bytes never reserialised
 */
public record StoredManifest(Digest digest, String mediaType, byte[] bytes) {}
