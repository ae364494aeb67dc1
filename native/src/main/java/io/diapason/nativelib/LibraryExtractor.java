package io.diapason.nativelib;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * Brings the native library from the jar to a folder of the machine.
 *
 * <p>It is copied to {@code CACHE/SHA-256/libjnidiapason.so}: first to a file of its own, then by an atomic rename, so
 * that any number of processes may start at once on an empty cache and no process ever sees half a file. CACHE is the
 * system property {@code diapason.cache}, else the environment's {@code DIAPASON_CACHE}, else
 * {@code XDG_CACHE_HOME/diapason} or {@code ~/.cache/diapason}, else a folder in the temporary directory when that
 * cannot be written. From a folder of classes the library is used where it lies. Nothing is ever fetched from a
 * network.
 */
public final class LibraryExtractor {
    static final String FILE = System.mapLibraryName("jnidiapason");

    private LibraryExtractor() {}

    /**
     * Adds the folder that holds the library to JavaCPP's list; adds nothing while the library is being built.
     *
     * @param folders JavaCPP's list of folders to search
     * @throws NativeLoadException when the library cannot be extracted anywhere
     */
    public static void addFolderTo(List<String> folders) {
        URL library = resource();
        if (library != null) {
            folders.add(0, folderOf(library).toString());
        }
    }

    static @Nullable URL resource() {
        return LibraryExtractor.class.getResource("natives/" + Loader.getPlatform() + "/" + FILE);
    }

    private static Path folderOf(URL library) {
        try {
            if (library.getProtocol().equals("file")) {
                Path file = Path.of(library.toURI());
                return Objects.requireNonNull(file.getParent(), "a file of a folder has a parent");
            }
            byte[] content;
            try (InputStream in = library.openStream()) {
                content = in.readAllBytes();
            }
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            try {
                return extract(content, cache().resolve(hash));
            } catch (IOException e) {
                // A home that cannot be written is common for services; the temporary directory is the second choice.
                try {
                    return extract(
                            content,
                            ownFolder(Path.of(System.getProperty("java.io.tmpdir"), "diapason-" + user()))
                                    .resolve(hash));
                } catch (IOException second) {
                    second.addSuppressed(e);
                    throw second;
                }
            }
        } catch (IOException | URISyntaxException | NoSuchAlgorithmException e) {
            throw new NativeLoadException(
                    "native library: it must be extracted once, but no folder could be written (" + e.getMessage()
                            + "); name one with -Ddiapason.cache=FOLDER or DIAPASON_CACHE",
                    e);
        }
    }

    /** A folder that nobody else may write to: whoever plants a library in it runs code as this user. */
    private static Path ownFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path mine = Files.createTempFile(folder, "owner-", ".tmp");
        try {
            if (!Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(mine))) {
                throw new IOException(folder + " belongs to " + Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS));
            }
        } finally {
            Files.deleteIfExists(mine);
        }
        return folder;
    }

    private static Path extract(byte[] content, Path folder) throws IOException {
        Path library = folder.resolve(FILE);
        // A file of another content under this hash is a broken disk or a foreign hand: replaced, atomically.
        if (!Files.isRegularFile(library) || !Arrays.equals(Files.readAllBytes(library), content)) {
            Files.createDirectories(folder);
            Path mine = Files.createTempFile(folder, "extracting-", ".tmp");
            try {
                Files.write(mine, content);
                Files.move(mine, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (FileAlreadyExistsException e) {
                // Another process was first, with the same content.
            } finally {
                Files.deleteIfExists(mine);
            }
        }
        return folder;
    }

    /**
     * Where libraries are extracted to, once one is; the temporary directory takes its place when it cannot be written.
     *
     * @return the CACHE of this class's description
     */
    public static Path cache() {
        String chosen = System.getProperty("diapason.cache", System.getenv().getOrDefault("DIAPASON_CACHE", ""));
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        return xdg != null && !xdg.isEmpty()
                ? Path.of(xdg, "diapason")
                : Path.of(System.getProperty("user.home"), ".cache", "diapason");
    }

    private static String user() {
        return System.getProperty("user.name", "user");
    }
}
