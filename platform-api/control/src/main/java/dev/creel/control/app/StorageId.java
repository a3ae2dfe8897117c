package dev.creel.control.app;

import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.RepositoryName;
import java.util.UUID;

/** Reads the client's name for a repository: {@code oci://} and its path, no host and no account. */
public final class StorageId {
    private static final String SCHEME = "oci://";
    private static final TenantId ANYBODY = new TenantId(new UUID(0, 0));

    private StorageId() {}

    /** The tenant's repository that {@code storageId} means; refuses other forms. */
    public static RepositoryName repository(TenantId tenant, String storageId) {
        try {
            if (storageId.startsWith(SCHEME)) {
                return new RepositoryName(tenant, storageId.substring(SCHEME.length()));
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.INVALID, "The storage id is not usable: " + e.getMessage() + ".", e);
        }
        throw new ProblemException(
                ProblemCode.INVALID, "The storage id must begin with oci://, unlike '" + storageId + "'.");
    }

    static void check(String storageId) {
        repository(ANYBODY, storageId);
    }
}
