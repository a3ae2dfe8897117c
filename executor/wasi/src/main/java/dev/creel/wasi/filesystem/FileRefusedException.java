package dev.creel.wasi.filesystem;

import dev.creel.wasi.linux.Errors;
import dev.creel.wasi.linux.LinuxException;

/** A file operation failed in a way that the guest is told of. Expected, so it carries no stack trace. */
public final class FileRefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final ErrorCode code;

    /** Failed because of {@code code}. */
    public FileRefusedException(ErrorCode code) {
        super(code.name(), null, false, false);
        this.code = code;
    }

    /** Why. */
    public ErrorCode code() {
        return code;
    }

    /** What a guest is told of a host's failure: never a path of the host. */
    static FileRefusedException of(LinuxException failure) {
        return code(failure.number()).refusal();
    }

    private static ErrorCode code(int number) {
        return switch (number) {
            case Errors.EPERM -> ErrorCode.NOT_PERMITTED;
            case Errors.ENOENT -> ErrorCode.NO_ENTRY;
            case Errors.EINTR -> ErrorCode.INTERRUPTED;
            case Errors.ENXIO -> ErrorCode.NO_SUCH_DEVICE;
            case Errors.EBADF -> ErrorCode.BAD_DESCRIPTOR;
            case Errors.EAGAIN -> ErrorCode.WOULD_BLOCK;
            case Errors.ENOMEM -> ErrorCode.INSUFFICIENT_MEMORY;
            case Errors.EACCES -> ErrorCode.ACCESS;
            case Errors.EBUSY -> ErrorCode.BUSY;
            case Errors.EEXIST -> ErrorCode.EXIST;
            case Errors.EXDEV -> ErrorCode.CROSS_DEVICE;
            case Errors.ENODEV -> ErrorCode.NO_DEVICE;
            case Errors.ENOTDIR -> ErrorCode.NOT_DIRECTORY;
            case Errors.EISDIR -> ErrorCode.IS_DIRECTORY;
            case Errors.EINVAL -> ErrorCode.INVALID;
            case Errors.ENFILE, Errors.EMFILE, Errors.EDQUOT -> ErrorCode.QUOTA;
            case Errors.ETXTBSY -> ErrorCode.TEXT_FILE_BUSY;
            case Errors.EFBIG -> ErrorCode.FILE_TOO_LARGE;
            case Errors.ENOSPC -> ErrorCode.INSUFFICIENT_SPACE;
            case Errors.ESPIPE -> ErrorCode.INVALID_SEEK;
            case Errors.EROFS -> ErrorCode.READ_ONLY;
            case Errors.EMLINK -> ErrorCode.TOO_MANY_LINKS;
            case Errors.EDEADLK -> ErrorCode.DEADLOCK;
            case Errors.ENAMETOOLONG -> ErrorCode.NAME_TOO_LONG;
            case Errors.ENOTEMPTY -> ErrorCode.NOT_EMPTY;
            case Errors.ELOOP -> ErrorCode.LOOP;
            case Errors.EOVERFLOW -> ErrorCode.OVERFLOW;
            case Errors.EILSEQ -> ErrorCode.ILLEGAL_BYTE_SEQUENCE;
            case Errors.EOPNOTSUPP -> ErrorCode.UNSUPPORTED;
            default -> ErrorCode.IO;
        };
    }
}
