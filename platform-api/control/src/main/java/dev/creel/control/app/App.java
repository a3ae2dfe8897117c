package dev.creel.control.app;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.HostName;
import java.time.Instant;
import java.util.Optional;

/**
 * An application as the database knows it.
 *
 * @param id which
 * @param name unique for its tenant
 * @param storageId {@code oci://} and its repository
 * @param description as its newest locked app says, may be empty
 * @param host where it answers
 * @param created when it was made
 * @param modified when it last changed
 * @param version of its newest revision
 * @param state how it fares
 * @param reason why the newest revision cannot run, or what there is to know of how it does
 */
record App(
        AppId id,
        String name,
        String storageId,
        String description,
        HostName host,
        Instant created,
        Instant modified,
        Optional<String> version,
        AppState state,
        Optional<String> reason) {}
