package io.diapason.op;

import io.diapason.op.ForwardTrial.Case;
import io.diapason.tensor.DType;
import io.diapason.tensor.Nd;
import io.diapason.tensor.RandomTensors.Pair;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** What picking by index, putting together and views give, in plain Java. */
final class ForwardPlaces {
    private final List<Case> cases = new ArrayList<>();

    static List<Case> cases() {
        ForwardPlaces places = new ForwardPlaces();
        places.places();
        places.views();
        return places.cases;
    }

    private void places() {
        cases.add(Case.of("Index.indexSelect(Tensor, int, Tensor)", trial -> {
            DType dtype = trial.dtype(DType.values());
            Pair x = trial.operand(dtype, trial.random.sizes(1 + trial.random.below(3)), -9, 9);
            int[] sizes = x.reference().sizes();
            int axis = trial.random.below(sizes.length);
            int n = sizes[axis] == 0 ? 0 : trial.random.below(6);
            Pair index = trial.indices(new int[] {n}, sizes[axis]);
            Nd expected = Nd.of(
                    Nd.with(sizes, axis, n),
                    at -> x.reference()
                            .at(Nd.with(at, axis, (int) index.reference().at(at[axis]))));
            trial.expect(dtype, expected, trial.call(x.tensor(), axis, index.tensor()), 0);
        }));
        cases.add(Case.of("Index.gather(Tensor, int, Tensor)", trial -> {
            DType dtype = trial.dtype(DType.values());
            Pair x = trial.operand(dtype, trial.random.sizes(1 + trial.random.below(3)), -9, 9);
            int[] sizes = x.reference().sizes();
            int axis = trial.random.below(sizes.length);
            int[] smaller = sizes.clone();
            for (int other = 0; other < smaller.length; other++) {
                smaller[other] = trial.random.below(smaller[other] + 1);
            }
            smaller[axis] = sizes[axis] == 0 ? 0 : trial.random.below(4);
            Pair index = trial.indices(smaller, sizes[axis]);
            Nd expected = Nd.of(
                    smaller,
                    at -> x.reference()
                            .at(Nd.with(at, axis, (int) index.reference().at(at))));
            trial.expect(dtype, expected, trial.call(x.tensor(), axis - sizes.length, index.tensor()), 0);
        }));
        cases.add(Case.of("Index.oneHot(Tensor, int, DType)", trial -> {
            DType dtype = trial.dtype(DType.values());
            Pair index = trial.indices(trial.random.sizes(trial.random.below(4)), 4);
            Nd hot = index.reference();
            Nd expected = Nd.of(
                    Nd.inserted(hot.sizes(), hot.rank(), 5),
                    at -> hot.at(Nd.without(at, at.length - 1)) == at[at.length - 1] ? 1 : 0);
            trial.expect(dtype, expected, trial.call(index.tensor(), 5, dtype), 0);
        }));
        cases.add(Case.of("Index.concat(int, Tensor[])", trial -> {
            DType dtype = trial.dtype(DType.values());
            int[] sizes = trial.random.sizes(1 + trial.random.below(3));
            int axis = trial.random.below(sizes.length);
            List<Pair> parts = new ArrayList<>();
            List<double[]> owners = new ArrayList<>(); // for each place along the axis: which part, and where in it
            for (int count = 1 + trial.random.below(3); count > 0; count--) {
                int size = trial.random.below(4);
                for (int i = 0; i < size; i++) {
                    owners.add(new double[] {parts.size(), i});
                }
                parts.add(trial.operand(dtype, Nd.with(sizes, axis, size), -9, 9));
            }
            Nd expected = Nd.of(Nd.with(sizes, axis, owners.size()), at -> {
                double[] owner = owners.get(at[axis]);
                return parts.get((int) owner[0]).reference().at(Nd.with(at, axis, (int) owner[1]));
            });
            Tensor[] tensors = parts.stream().map(Pair::tensor).toArray(Tensor[]::new);
            trial.expect(dtype, expected, trial.call(axis - sizes.length, tensors), 0);
        }));
        cases.add(Case.of("Index.stack(int, Tensor[])", trial -> {
            DType dtype = trial.dtype(DType.values());
            int[] sizes = trial.random.sizes(trial.random.below(4));
            int axis = trial.random.below(sizes.length + 1);
            List<Pair> parts = new ArrayList<>();
            for (int count = 1 + trial.random.below(3); count > 0; count--) {
                parts.add(trial.operand(dtype, sizes, -9, 9));
            }
            Nd expected = Nd.of(
                    Nd.inserted(sizes, axis, parts.size()),
                    at -> parts.get(at[axis]).reference().at(Nd.without(at, axis)));
            Tensor[] tensors = parts.stream().map(Pair::tensor).toArray(Tensor[]::new);
            trial.expect(dtype, expected, trial.call(axis - sizes.length - 1, tensors), 0);
        }));
    }

    private void view(String signature, int least, BiConsumer<ForwardTrial, Pair> body) {
        cases.add(Case.of(
                signature,
                trial -> body.accept(
                        trial,
                        trial.operand(
                                trial.dtype(DType.values()),
                                trial.random.sizes(least + trial.random.below(3)),
                                -9,
                                9))));
    }

    private void views() {
        view("View.reshape(Tensor, Shape)", 0, (trial, x) -> {
            int[] flat = {x.reference().values().length, 1};
            trial.expect(x.tensor().dtype(), x.reference().reshape(flat), trial.call(x.tensor(), Shape.of(flat)), 0);
        });
        view("View.transpose(Tensor, int, int)", 2, (trial, x) -> {
            int[] order = new int[x.reference().rank()];
            Arrays.setAll(order, i -> i);
            order[0] = order.length - 1;
            order[order.length - 1] = 0;
            trial.expect(x.tensor().dtype(), x.reference().permute(order), trial.call(x.tensor(), 0, -1), 0);
        });
        view("View.permute(Tensor, int[])", 0, (trial, x) -> {
            int[] order = new int[x.reference().rank()];
            Arrays.setAll(order, i -> (i + 1) % order.length);
            trial.expect(x.tensor().dtype(), x.reference().permute(order), trial.call(x.tensor(), order), 0);
        });
        view("View.slice(Tensor, int, int, int, int)", 1, (trial, x) -> {
            int axis = trial.random.below(x.reference().rank());
            int to = x.reference().sizes()[axis];
            int from = trial.random.below(to + 1);
            trial.expect(
                    x.tensor().dtype(),
                    x.reference().slice(axis, from, to, 2),
                    trial.call(x.tensor(), axis, from, to, 2),
                    0);
        });
        view("View.select(Tensor, int, int)", 1, (trial, x) -> {
            int axis = trial.random.below(x.reference().rank());
            if (x.reference().sizes()[axis] > 0) {
                int last = x.reference().sizes()[axis] - 1;
                trial.expect(x.tensor().dtype(), x.reference().select(axis, last), trial.call(x.tensor(), axis, -1), 0);
            }
        });
        view("View.expand(Tensor, Shape)", 0, (trial, x) -> {
            int[] wider = Nd.inserted(x.reference().sizes(), 0, 3);
            trial.expect(x.tensor().dtype(), x.reference().expand(wider), trial.call(x.tensor(), Shape.of(wider)), 0);
        });
        view("View.unsqueeze(Tensor, int)", 0, (trial, x) -> {
            int[] more = Nd.inserted(x.reference().sizes(), x.reference().rank(), 1);
            trial.expect(x.tensor().dtype(), x.reference().reshape(more), trial.call(x.tensor(), -1), 0);
        });
        view("View.squeeze(Tensor, int)", 1, (trial, x) -> {
            int axis = trial.random.below(x.reference().rank());
            if (x.reference().sizes()[axis] == 1) {
                int[] fewer = Nd.without(x.reference().sizes(), axis);
                trial.expect(x.tensor().dtype(), x.reference().reshape(fewer), trial.call(x.tensor(), axis), 0);
            }
        });
    }
}
