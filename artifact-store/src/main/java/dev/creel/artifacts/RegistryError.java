package dev.creel.artifacts;

/** The refusals of the OCI distribution API that this registry gives; the names are the codes on the wire. */
public enum RegistryError {
    /** The repository has no such blob. */
    BLOB_UNKNOWN(404),
    /** A request of an upload that cannot be understood. */
    BLOB_UPLOAD_INVALID(400),
    /** No such upload: never begun, finished, cancelled or dropped. */
    BLOB_UPLOAD_UNKNOWN(404),
    /** A chunk that does not begin where the last one ended. */
    BLOB_UPLOAD_OUT_OF_ORDER("BLOB_UPLOAD_INVALID", 416),
    /** The bytes have another digest than the client said, or what it said is no digest. */
    DIGEST_INVALID(400),
    /** A manifest names a blob that the repository does not have. */
    MANIFEST_BLOB_UNKNOWN(400),
    /** Not a manifest. */
    MANIFEST_INVALID(400),
    /** The repository has no such manifest or tag. */
    MANIFEST_UNKNOWN(404),
    /** Not the name of a repository or a tag. */
    NAME_INVALID(400),
    /** Nothing was ever pushed to the repository. */
    NAME_UNKNOWN(404),
    /** Larger than a limit. */
    SIZE_INVALID(413),
    /** No or unknown credentials. */
    UNAUTHORIZED(401),
    /** More unfinished uploads than a limit. */
    TOOMANYREQUESTS(429),
    /** A part of the API that is not offered. */
    UNSUPPORTED(405),
    /** Not a path of the API. */
    NOT_FOUND("UNSUPPORTED", 404),
    /** Ours. */
    INTERNAL("UNKNOWN", 500);

    private final String code;
    private final int status;

    RegistryError(int status) {
        this.code = name();
        this.status = status;
    }

    RegistryError(String code, int status) {
        this.code = code;
        this.status = status;
    }

    /** The word in the answer. */
    public String code() {
        return code;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }
}
