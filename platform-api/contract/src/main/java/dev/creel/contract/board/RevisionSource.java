package dev.creel.contract.board;

import dev.creel.contract.app.RevisionId;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;

/**
 * A revision and where its bytes are.
 *
 * @param id which revision
 * @param version as its developer wrote it ({@code 1.2.0}); not unique
 * @param repository where the artifact was pushed
 * @param manifest the OCI manifest, exactly as pushed
 */
public record RevisionSource(RevisionId id, String version, RepositoryName repository, Digest manifest) {}
