package io.diapason.nn;

import io.diapason.tensor.Tensor;
import java.util.List;

/** Modules one after another; none make the identity. */
public final class Sequential implements Module {
    private final List<Module> modules;
    private final Parts parts;

    /**
     * A chain; its parameters are named by the position of their module, such as {@code 0.weight}.
     *
     * @param modules each takes what the one before gives
     */
    public Sequential(List<? extends Module> modules) {
        this.modules = List.copyOf(modules);
        this.parts = Parts.numbered(this.modules);
    }

    /**
     * A chain; its parameters are named by the position of their module, such as {@code 0.weight}.
     *
     * @param modules each takes what the one before gives
     */
    public Sequential(Module... modules) {
        this(List.of(modules));
    }

    /**
     * The modules.
     *
     * @return first to last
     */
    public List<Module> modules() {
        return modules;
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Tensor y = x;
        for (Module module : modules) {
            y = module.forward(y, pass);
        }
        return y;
    }

    @Override
    public Parts parts() {
        return parts;
    }
}
