package io.diapason.tensor;

import java.util.function.Predicate;

/** Lines of code, for messages. */
final class Place {
    private static final StackWalker SHALLOW = StackWalker.getInstance();
    private static final StackWalker DEEP = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private Place() {}

    /**
     * Where a closing was asked for: the first frame outside of {@link Scope} and {@link Tensor}. Cheap enough for each
     * step.
     */
    static String ofClosing() {
        return first(
                SHALLOW,
                frame -> !frame.getClassName().equals(Place.class.getName())
                        && !frame.getClassName().equals(Scope.class.getName())
                        && !frame.getClassName().equals(Tensor.class.getName()));
    }

    /** Where the engine was called: the first frame that is not of its classes and not of the Java library's. */
    static String ofUse() {
        return first(
                DEEP,
                frame -> frame.getDeclaringClass().getClassLoader() != null
                        && frame.getDeclaringClass().getProtectionDomain() != Place.class.getProtectionDomain());
    }

    private static String first(StackWalker walker, Predicate<StackWalker.StackFrame> wanted) {
        return walker.walk(frames -> frames.filter(wanted)
                .findFirst()
                .map(frame -> frame.toStackTraceElement().toString())
                .orElse("an unknown place"));
    }
}
