package io.diapason.model;

import io.diapason.nn.Mlp;
import io.diapason.tensor.Device;
import io.diapason.tensor.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipOutputStream;

/**
 * The file of a {@link TabularModel}: a zip of {@code model.json} (everything but the weights) and
 * {@code weights.safetensors}, described for readers without Diapason in {@code docs/model-file.md}. Models are saved
 * and loaded by {@link TabularModel#save} and {@link TabularModel#load}.
 */
public final class ModelFile {
    static final String DOCUMENT = "model.json";
    static final String WEIGHTS = "weights.safetensors";

    private ModelFile() {}

    /**
     * Refuses a path that no model could be saved at; to be called before hours of tuning. An existing file must be a
     * Diapason model, of whatever version, which saving would replace. Makes a temporary file in the folder to see
     * whether that is possible, and removes it.
     *
     * @param path where a model is to be saved
     * @throws ModelFileException when the folder is missing or not writable, or a folder, a device or a foreign file
     *     has that name
     */
    public static void requireWritable(Path path) {
        requireReplaceable(path);
        try {
            AtomicFile.requireWritable(path);
        } catch (IOException e) {
            throw new ModelFileException(
                    path + ": must be in a folder that can be written, got " + FilePlace.folder(path)
                            + " where that fails: " + FilePlace.reason(e),
                    e);
        }
    }

    private static void requireReplaceable(Path path) {
        FilePlace.requireFolder(path);
        if (Files.exists(path) && !isOurs(path)) {
            throw new ModelFileException(path + ": must be a new file or a Diapason model to replace, got a file that"
                    + " Diapason did not write; choose another name");
        }
    }

    private static boolean isOurs(Path path) {
        try (ModelArchive archive = ModelArchive.open(path)) {
            return ModelDocument.isOurs(json(archive.next(DOCUMENT)));
        } catch (IOException | IllegalArgumentException e) {
            return false; // what cannot be read is somebody else's
        }
    }

    /** Saves a model, whole or not at all. */
    static void write(TabularModel model, Path path) {
        requireReplaceable(path);
        ModelDocument document =
                new ModelDocument(model.encoder(), model.network().config(), model.provenance());
        byte[] json = JsonWriter.pretty(document.toJson()).getBytes(StandardCharsets.UTF_8);
        if (json.length > JsonReader.MOST_BYTES) {
            throw new ModelFileException(path + ": " + DOCUMENT + " must have at most " + JsonReader.MOST_BYTES
                    + " bytes, got " + json.length + "; drop text columns or shorten the provenance");
        }
        Safetensors weights = ModelWeights.of(model.network(), path + ": " + WEIGHTS);
        AtomicFile.write(path, out -> {
            ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
            ModelArchive.append(zip, DOCUMENT, content -> content.write(json));
            ModelArchive.append(zip, WEIGHTS, weights::write);
            zip.finish();
        });
    }

    /** Loads a model. */
    static TabularModel read(Path path, Device device) {
        try (ModelArchive archive = ModelArchive.open(path)) {
            ModelArchive.Entry entry = archive.next(DOCUMENT);
            ModelDocument document = ModelDocument.of(json(entry), entry.place(), path.toString());
            entry = archive.next(WEIGHTS);
            Safetensors weights = Safetensors.read(entry.in(), entry.bytes(), entry.place());
            archive.requireEnd();
            return model(document, weights, entry.place(), device);
        } catch (ModelFileException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw ModelArchive.unreadable(path, e);
        }
    }

    private static TabularModel model(ModelDocument document, Safetensors weights, String place, Device device) {
        Scope scope = Scope.detached(device);
        try {
            Mlp network = ModelWeights.network(scope, document.network(), weights, place);
            return new TabularModel(scope, document.encoder(), network, document.provenance());
        } catch (RuntimeException | Error e) {
            scope.close();
            throw e;
        }
    }

    private static Object json(ModelArchive.Entry entry) throws IOException {
        if (entry.bytes() > JsonReader.MOST_BYTES) {
            throw new ModelFileException(
                    entry.place() + ": must have at most " + JsonReader.MOST_BYTES + " bytes, got " + entry.bytes());
        }
        return JsonReader.read(entry.in().readNBytes((int) entry.bytes()), entry.place());
    }
}
