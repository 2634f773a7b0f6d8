package ai.pollux.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate that the server signed itself, in a folder: {@code certificate.pem}, {@code
 * key.pem}, and {@code trust.p12} with the certificate alone, for programs in Java (password {@code
 * changeit}; it guards nothing, the file is public). Made by the JDK's keytool.
 *
 * @param folder where it is kept; only its owner may read the key
 */
record OwnCertificate(Path folder) {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String ALIAS = "pollux";

  /** As long as browsers and Apple's systems accept one. */
  private static final int DAYS = 825;

  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

  Path certificate() {
    return folder.resolve("certificate.pem");
  }

  Path key() {
    return folder.resolve("key.pem");
  }

  Path trust() {
    return folder.resolve("trust.p12");
  }

  /**
   * The certificate and its key, made anew where there is none for this address or it ends soon.
   *
   * @throws IllegalStateException where it cannot be made
   */
  TlsOptions.Files files(String host, Instant now) {
    try {
      if (!isGood(host, now)) {
        make(host);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot keep a certificate in %s; name one with --tls-cert and --tls-key"
              .formatted(folder),
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a certificate in " + folder, e);
    }
    return new TlsOptions.Files(certificate(), key());
  }

  private boolean isGood(String host, Instant now) throws IOException {
    if (!Files.exists(certificate()) || !Files.exists(key()) || !Files.exists(trust())) {
      return false;
    }
    try (InputStream in = Files.newInputStream(certificate())) {
      var known = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      var names = known.getSubjectAlternativeNames();
      boolean isNamed =
          names != null && names.stream().anyMatch(name -> host(name.get(1)).equals(host(host)));
      return isNamed && known.getNotAfter().toInstant().isAfter(now.plus(RENEWED_BEFORE));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Addresses in the one way that Java writes them. */
  private static String host(Object name) {
    String text = String.valueOf(name);
    try {
      return isAddress(text) ? InetAddress.getByName(text).getHostAddress() : text;
    } catch (IOException e) {
      return text;
    }
  }

  private static boolean isAddress(String host) {
    return host.contains(":") || host.matches("[0-9.]+");
  }

  private void make(String host) throws IOException, GeneralSecurityException {
    Files.createDirectories(folder);
    Path store = folder.resolve("new.p12");
    Files.deleteIfExists(store);
    keytool(store, host);
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASSWORD);
    } finally {
      Files.deleteIfExists(store);
    }
    Certificate own = made.getCertificate(ALIAS);
    writeSecret(key(), pem("PRIVATE KEY", made.getKey(ALIAS, PASSWORD).getEncoded()));
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(ALIAS, own);
    try (OutputStream out = Files.newOutputStream(trust())) {
      trust.store(out, PASSWORD);
    }
    Files.writeString(certificate(), pem("CERTIFICATE", own.getEncoded()));
  }

  private static void keytool(Path store, String host) throws IOException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    if (!Files.exists(tool)) {
      throw new IllegalStateException(
          "%s is not there to make a certificate; name one with --tls-cert and --tls-key"
              .formatted(tool));
    }
    String names = "san=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1";
    if (!host.equals("localhost") && !host.equals("127.0.0.1") && !host.equals("::1")) {
      names += (isAddress(host) ? ",ip:" : ",dns:") + host;
    }
    Process process =
        new ProcessBuilder(
                List.of(
                    tool.toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-sigalg",
                    "SHA256withECDSA",
                    "-dname",
                    "CN=Pollux",
                    "-validity",
                    Integer.toString(DAYS),
                    "-ext",
                    names,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    new String(PASSWORD)))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException("keytool made no certificate: " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a certificate was made", e);
    }
  }

  private static void writeSecret(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, text);
  }

  private static String pem(String what, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, lines, what);
  }
}
