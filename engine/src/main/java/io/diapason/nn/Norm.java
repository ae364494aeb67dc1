package io.diapason.nn;

import java.util.Locale;

/** What normalises the hidden layers of an {@link Mlp}, before their activation. */
public enum Norm {
    /** Nothing. */
    NONE,
    /** {@link BatchNorm1d} with its defaults. */
    BATCH,
    /** {@link LayerNorm} over the features, with its defaults. */
    LAYER;

    /** The name as users write it, such as {@code batch}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
