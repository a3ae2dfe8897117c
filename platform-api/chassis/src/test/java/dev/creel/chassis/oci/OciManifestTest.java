package dev.creel.chassis.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ProblemException;
import dev.creel.contract.artifact.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OciManifestTest {
    private static final Digest A = new Digest("a".repeat(64));
    private static final Digest B = new Digest("b".repeat(64));

    private static OciManifest read(String json) {
        return OciManifest.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void writesTheBytesThatTheSpinClientWrites() {
        var manifest = new OciManifest(
                new OciDescriptor(MediaTypes.IMAGE_CONFIG, A, 209),
                List.of(new OciDescriptor(MediaTypes.LOCKED_APP, B, 7)));
        var text = "{\"config\":{\"digest\":\"" + A + "\",\"mediaType\":\"application/vnd.oci.image.config.v1+json\","
                + "\"size\":209},\"layers\":[{\"digest\":\"" + B
                + "\",\"mediaType\":\"application/vnd.fermyon.spin.application.v1+config\",\"size\":7}],\"schemaVersion\":2}";
        assertEquals(text, new String(manifest.write(), StandardCharsets.UTF_8));
        assertEquals(manifest, read(text));
        assertEquals(B, manifest.lockedApp().orElseThrow().digest());
    }

    @Test
    void findsTheLockedAppInTheConfigOfOldPushes() {
        var manifest = new OciManifest(new OciDescriptor(MediaTypes.LOCKED_APP, A, 1), List.of());
        assertEquals(A, manifest.lockedApp().orElseThrow().digest());
    }

    @Test
    void namesWhatIsWrong() {
        var config = "\"config\":{\"mediaType\":\"x\",\"digest\":\"" + A + "\",\"size\":1}";
        assertTrue(refusal("{}").contains("schemaVersion"));
        assertTrue(refusal("{\"schemaVersion\":1}").contains("schemaVersion"));
        assertTrue(refusal("{\"schemaVersion\":2,\"manifests\":[]}").contains("index"));
        assertTrue(refusal("{\"schemaVersion\":2," + config + "}").contains("layers"));
        assertTrue(refusal("{\"schemaVersion\":2," + config
                        + ",\"layers\":[{\"mediaType\":\"x\",\"digest\":\"md5:1\",\"size\":1}]}")
                .contains("layers[0].digest"));
        assertTrue(refusal("{\"schemaVersion\":2," + config.replace("\"size\":1", "\"size\":-1") + ",\"layers\":[]}")
                .contains("config.size"));
    }

    private static String refusal(String json) {
        return assertThrows(ProblemException.class, () -> read(json)).problem().detail();
    }

    @Test
    void labelsTheImageConfigWithTheLockedApp() {
        assertEquals(
                "{\"architecture\":\"wasm\",\"config\":{\"Labels\":{\"com.fermyon.spin.lockedAppDigest\":\"" + A
                        + "\"}},\"os\":\"wasip1\",\"rootfs\":{\"diff_ids\":[],\"type\":\"layers\"}}",
                new String(new OciImageConfig(A).write(), StandardCharsets.UTF_8));
    }
}
