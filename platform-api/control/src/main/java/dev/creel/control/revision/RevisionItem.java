package dev.creel.control.revision;

import java.util.List;
import java.util.Optional;

/**
 * A revision on the wire (reference spin-deploy §11), and from {@code digest} on what the creel client may read beside.
 *
 * @param revisionNumber its version as its developer wrote it; not unique
 * @param components always empty, which clients take
 * @param digest of its manifest
 * @param state {@code pending}, {@code ready} or {@code failed}
 * @param reason why it failed, or what there is to know of how it runs
 */
record RevisionItem(
        String id,
        String appId,
        String revisionNumber,
        List<String> components,
        String lastModified,
        String digest,
        String state,
        Optional<String> reason) {}
