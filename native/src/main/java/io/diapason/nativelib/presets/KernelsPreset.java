package io.diapason.nativelib.presets;

import io.diapason.nativelib.LibraryExtractor;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.LoadEnabled;
import org.bytedeco.javacpp.annotation.NoException;
import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/**
 * Tells JavaCPP to bind everything that {@code diapason.h} declares, as static methods of
 * {@code io.diapason.nativelib.generated.Kernels}, which JavaCPP makes a subclass of this class.
 */
@Properties(
        value = @Platform(include = "diapason.h", compiler = "cpp17", library = "jnidiapason"),
        global = "io.diapason.nativelib.generated.Kernels")
@NoException
public class KernelsPreset implements InfoMapper, LoadEnabled {
    /** Made by JavaCPP, by reflection. */
    public KernelsPreset() {}

    /** The header is plain C; its one struct is six words, of which Java fills in addresses and counts. */
    @Override
    public void map(InfoMap infoMap) {
        infoMap.put(new Info("dp_program_part")
                .skip()
                .valueTypes("LongPointer")
                .pointerTypes("LongPointer")
                .cast());
    }

    /** Called before JavaCPP looks for the library: it is told the folder where ours lies extracted. */
    @Override
    public void init(ClassProperties properties) {
        LibraryExtractor.addFolderTo(properties.get("platform.linkpath"));
    }
}
