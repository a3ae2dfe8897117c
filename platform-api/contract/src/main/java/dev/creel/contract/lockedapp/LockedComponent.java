package dev.creel.contract.lockedapp;

import java.util.List;
import java.util.Map;

/**
 * One WebAssembly component of the application and what it is granted.
 *
 * @param id unique in the application
 * @param source the Wasm binary
 * @param environment environment variables
 * @param files files below the guest's {@code /}; none means no preopened directory
 * @param variables component variables: name → template over application variables
 * @param allowedOutboundHosts patterns of reference spin-app §1.3, templates unresolved; {@code allowed_http_hosts} of old
 *     documents is already converted
 * @param keyValueStores labels granted
 * @param databases SQLite labels granted
 * @param aiModels model names granted
 * @param dependencies dependency name → what satisfies it
 */
public record LockedComponent(
        String id,
        ContentRef source,
        Map<String, String> environment,
        List<LockedFile> files,
        Map<String, String> variables,
        List<String> allowedOutboundHosts,
        List<String> keyValueStores,
        List<String> databases,
        List<String> aiModels,
        Map<String, LockedDependency> dependencies) {}
