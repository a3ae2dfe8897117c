package dev.creel.chassis.oci;

import dev.creel.chassis.json.Json;
import dev.creel.contract.artifact.Digest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The config blob of a push (reference spin-deploy §7.6). Nothing reads it back: the layers say all.
 *
 * @param lockedApp digest of the locked application's layer
 */
public record OciImageConfig(Digest lockedApp) {
    /** Its bytes: canonical JSON. */
    public byte[] write() {
        var document = new TreeMap<String, Object>();
        document.put("architecture", "wasm");
        document.put("os", "wasip1");
        document.put("config", Map.of("Labels", Map.of("com.fermyon.spin.lockedAppDigest", lockedApp.toString())));
        document.put("rootfs", new TreeMap<>(Map.of("type", "layers", "diff_ids", List.of())));
        return Json.write(document);
    }
}
