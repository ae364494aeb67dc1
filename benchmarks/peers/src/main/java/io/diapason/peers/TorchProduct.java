package io.diapason.peers;

import org.bytedeco.pytorch.global.torch;

/** One product of matrices by libtorch, for a library of products that tells of its calls (MKL_VERBOSE). */
final class TorchProduct {
    private TorchProduct() {}

    public static void main(String[] arguments) {
        torch.mm(torch.ones(64, 64), torch.ones(64, 64)).close();
        System.exit(0);
    }
}
