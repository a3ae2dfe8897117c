package dev.creel.wasi.filesystem;

import dev.creel.component.core.InterruptedGuestException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;

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

    /**
     * What a guest is told of a host's failure: never a path of the host.
     *
     * @throws InterruptedGuestException if it failed because the guest's thread is to stop
     */
    static FileRefusedException of(IOException failure) {
        return switch (failure) {
            case ClosedByInterruptException e -> throw new InterruptedGuestException();
            case NoSuchFileException e -> ErrorCode.NO_ENTRY.refusal();
            case NotDirectoryException e -> ErrorCode.NOT_DIRECTORY.refusal();
            case AccessDeniedException e -> ErrorCode.ACCESS.refusal();
            case FileSystemLoopException e -> ErrorCode.LOOP.refusal();
            case NotLinkException e -> ErrorCode.INVALID.refusal();
            case FileSystemException e -> byReason(e.getReason()).refusal();
            default -> ErrorCode.IO.refusal();
        };
    }

    /** Java has no exception of its own for these: the reason is the operating system's text. */
    private static ErrorCode byReason(@org.jspecify.annotations.Nullable String reason) {
        return switch (reason) {
            case "Too many levels of symbolic links" -> ErrorCode.LOOP;
            case "File name too long" -> ErrorCode.NAME_TOO_LONG;
            case "Not a directory" -> ErrorCode.NOT_DIRECTORY;
            case "Is a directory" -> ErrorCode.IS_DIRECTORY;
            case "Too many open files", "Too many open files in system" -> ErrorCode.QUOTA;
            case null, default -> ErrorCode.IO;
        };
    }
}
