package dev.creel.engine;

import dev.creel.component.chicory.CodeCache;
import dev.creel.contract.artifact.DerivedArtifacts;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What was compiled, on this machine's disk and in the artifact store, where other machines find it. What comes from there becomes code
 * in this process, so it is trusted only with the authentication code (HMAC-SHA-256 over key and content) that nobody can make
 * without the platform's secret. Thread-safe; answers trouble with either as if there were nothing.
 */
public final class DerivedStore implements CodeCache {
    private static final System.Logger LOG = System.getLogger(DerivedStore.class.getName());
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC = 32;

    private final CodeCache local;
    private final DerivedArtifacts shared;
    private final SecretKeySpec secret;
    /** What the artifact store has and nobody can use: it counts as not there, so that it is compiled again. */
    private final Set<String> useless = ConcurrentHashMap.newKeySet();

    /**
     * @param local this machine's
     * @param shared the artifact store's
     * @param secret the same on all executors of a platform, and known to nobody else; at least 16 bytes
     */
    public DerivedStore(CodeCache local, DerivedArtifacts shared, byte[] secret) {
        if (secret.length < 16) {
            throw new IllegalArgumentException(
                    "the secret for derived artifacts has " + secret.length + " bytes, not 16");
        }
        this.local = local;
        this.shared = shared;
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    @Override
    public boolean has(String key) {
        try {
            return local.has(key) || (shared.has(key) && !useless.contains(key));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "looking for compiled code in the artifact store", e);
            return false;
        }
    }

    @Override
    public Optional<byte[]> get(String key) {
        var here = local.get(key);
        if (here.isPresent()) {
            return here;
        }
        var there = fetch(key);
        there.ifPresent(code -> local.put(key, code));
        return there;
    }

    private Optional<byte[]> fetch(String key) {
        try {
            var entry = shared.get(key);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            var bytes = entry.get();
            var code = Arrays.copyOfRange(bytes, Math.min(MAC, bytes.length), bytes.length);
            if (MessageDigest.isEqual(Arrays.copyOf(bytes, MAC), mac(key, code))) {
                return Optional.of(code);
            }
            useless.add(key);
            LOG.log(
                    Level.ERROR,
                    "compiled code in the artifact store is damaged or forged, and compiled again: {0}",
                    key);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "reading compiled code from the artifact store", e);
        }
        return Optional.empty();
    }

    @Override
    public void put(String key, byte[] code) {
        local.put(key, code);
        try {
            var entry = Arrays.copyOf(mac(key, code), MAC + code.length);
            System.arraycopy(code, 0, entry, MAC, code.length);
            shared.put(key, entry);
            useless.remove(key);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "writing compiled code to the artifact store", e);
        }
    }

    private byte[] mac(String key, byte[] code) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(key.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(code);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}
