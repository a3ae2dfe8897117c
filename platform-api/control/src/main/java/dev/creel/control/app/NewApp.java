package dev.creel.control.app;

import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import java.util.regex.Pattern;

/**
 * What a client sends to make an app.
 *
 * @param name what it is called
 * @param storageId {@code oci://} and the repository that its revisions are pushed to
 */
record NewApp(String name, String storageId) {
    private static final Pattern NAME = Pattern.compile("[-_.\\p{L}\\p{N}]{1,128}");

    NewApp {
        if (!NAME.matcher(name).matches()) {
            throw new ProblemException(
                    ProblemCode.INVALID,
                    "'" + name + "' is not a name for an app: letters, digits, '-', '_' and '.', at most 128.");
        }
        StorageId.check(storageId);
    }
}
