package io.diapason.backend;

import org.jspecify.annotations.Nullable;

/** The back end that somebody listens to, of each thread that has one. */
final class Heard {
    static final ThreadLocal<@Nullable Backend> IN_THREAD = new ThreadLocal<>();

    private Heard() {}
}
