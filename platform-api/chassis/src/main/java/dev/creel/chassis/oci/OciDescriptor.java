package dev.creel.chassis.oci;

import dev.creel.contract.artifact.Digest;

/**
 * A manifest's reference to a blob.
 *
 * @param mediaType what it is, see {@link MediaTypes}
 * @param digest which bytes
 * @param size how many
 */
public record OciDescriptor(String mediaType, Digest digest, long size) {
    public OciDescriptor {
        if (size < 0) {
            throw new IllegalArgumentException("a blob cannot have " + size + " bytes");
        }
    }
}
