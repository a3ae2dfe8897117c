package dev.creel.host.outbound;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom guests trust behind {@code https}: the roots of the system's Java, and those that the operator adds. */
final class TrustedRoots {
    private TrustedRoots() {}

    /**
     * Reads them; blocks on disk.
     *
     * @param more PEM file with certificates
     * @throws IOException naming the file, if it cannot be read or has no certificate
     */
    static TrustManager with(Optional<Path> more) throws IOException {
        try {
            var platform = manager(null);
            if (more.isEmpty()) {
                return platform;
            }
            var all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int count = 0;
            for (var root : platform.getAcceptedIssuers()) {
                all.setCertificateEntry("platform-" + count++, root);
            }
            try (var pem = Files.newInputStream(more.get())) {
                var own = CertificateFactory.getInstance("X.509").generateCertificates(pem);
                if (own.isEmpty()) {
                    throw new IOException("the file of trusted roots " + more.get() + " has no certificate in it");
                }
                for (var root : own) {
                    all.setCertificateEntry("own-" + count++, root);
                }
            }
            return manager(all);
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new IOException(
                    "there is no file of trusted roots "
                            + more.map(Path::toString).orElse(""),
                    e);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "the file of trusted roots " + more.map(Path::toString).orElse("") + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore roots) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(roots);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this Java has no trust manager for X.509");
    }
}
