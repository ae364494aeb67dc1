package io.diapason.tabular;

import io.diapason.tuner.space.SearchSpace;

/**
 * What is searched when the user names no space.
 *
 * <p>The ranges start from those of a published tuning of perceptrons on tables (Gorishniy et al. 2021, arXiv
 * 2106.11959: 1–8 layers of 1–512 units, dropout 0–0.5, learning rate 1e-5–1e-2, weight decay 1e-6–1e-3), with
 *
 * <ul>
 *   <li>at most 4 layers of at least 16 units, because tables here are smaller;
 *   <li>a learning rate from 1e-4, because epochs are few, to 3e-2, because plain gradient descent is among the
 *       optimisers;
 *   <li>a weight decay up to 0.1, to hold the 0.02 of RealMLP (Holzmüller et al. 2024, arXiv 2407.04491);
 *   <li>penalties from without effect to about the strength at which small tables are underfitted; these two ranges are
 *       our own.
 * </ul>
 */
final class DefaultSpace {
    private DefaultSpace() {}

    /**
     * The space for a table.
     *
     * @param rows how many are trained on; batches grow with them, so that an epoch of a large table stays short
     */
    static SearchSpace of(int rows) {
        int largest = rows >= 20_000 ? 512 : rows >= 5_000 ? 256 : rows >= 1_000 ? 128 : 64;
        return SearchSpace.define(space -> {
            space.integer("layers", 1, 4);
            space.integer("units", 16, 512).log();
            space.choice("activation", "relu", "tanh", "gelu");
            space.floating("dropout", 0, 0.5);
            space.floating("lr", 1e-4, 3e-2).log();
            space.choice("batch_size", largest / 4, largest / 2, largest);
            space.choice("optimizer", "adam", "sgd").weights(3, 1);
            space.floating("momentum", 0, 0.99).when("optimizer", "sgd");
            space.floating("weight_decay", 1e-6, 1e-1).log();
            space.floating("l1", 1e-7, 1e-4).log();
            space.floating("l2", 1e-7, 1e-3).log();
        });
    }
}
