package io.diapason.nn;

import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Modules one after another. */
public final class Sequential implements Module {
    private final List<Module> modules;
    private final List<Parameter> parameters;

    /**
     * A chain; its parameters are named by the position of their module, such as {@code 0.weight}.
     *
     * @param modules each takes what the one before gives
     */
    public Sequential(List<? extends Module> modules) {
        this.modules = List.copyOf(modules);
        List<Parameter> named = new ArrayList<>();
        for (int i = 0; i < this.modules.size(); i++) {
            for (Parameter parameter : this.modules.get(i).parameters()) {
                named.add(parameter.within(Integer.toString(i)));
            }
        }
        this.parameters = List.copyOf(named);
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
    public List<Parameter> parameters() {
        return parameters;
    }
}
