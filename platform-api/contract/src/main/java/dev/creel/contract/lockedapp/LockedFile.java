package dev.creel.contract.lockedapp;

/**
 * A file of a component.
 *
 * @param path relative path below the guest's {@code /}, with {@code /} separators, no {@code ..}
 * @param content its bytes
 */
public record LockedFile(String path, ContentRef content) {
    public LockedFile {
        if (path.isEmpty() || path.startsWith("/") || path.contains("\\") || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + path + "' is not a relative path");
        }
        for (var part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException("'" + path + "' must not have empty, '.' or '..' parts");
            }
        }
    }
}
