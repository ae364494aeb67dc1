package io.diapason.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What libtorch says about itself, and what can be seen of it. */
final class TorchSettings {
    private TorchSettings() {}

    /** Name and version. */
    static String name() {
        Matcher version = Pattern.compile("TORCH_VERSION=([0-9.]+)").matcher(config());
        return "libtorch " + (version.find() ? version.group(1) : "of an unknown version");
    }

    /** Threads, handling of denormals, libraries of products in this process, and libtorch's own description. */
    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(torch.get_num_threads() + " thread; denormals are " + (keepsDenormals() ? "kept" : "flushed")
                + "; libraries of products: " + products());
        lines.add(config());
        lines.add(oneLine(torch.get_parallel_info().getString()));
        return lines;
    }

    /** Without the flags of its compilers, which fill a page. */
    private static String config() {
        return oneLine(torch.show_config().getString()).replaceAll("CUDA_FLAGS=.*(?=LAPACK_INFO)", "");
    }

    private static boolean keepsDenormals() {
        Tensor halved = Tensor.create(2e-38f).mul(Tensor.create(0.25f));
        return halved.item_float() > 0;
    }

    /** Those whose code is in use: MKL loads the one for the processor at its first product. */
    private static String products() {
        torch.mm(torch.ones(64, 64), torch.ones(64, 64)).close();
        return mappedProducts();
    }

    /** The libraries of products in this process. */
    static String mappedProducts() {
        try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.matches(".*/lib(mkl_|openblas).*"))
                    .map(line -> line.substring(line.lastIndexOf('/') + 1))
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
