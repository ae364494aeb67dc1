package io.diapason.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.diapason.autograd.Gradients;
import io.diapason.nn.Parameter;
import io.diapason.tensor.Scope;
import io.diapason.tensor.Shape;
import io.diapason.tensor.Tensor;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every optimiser against PyTorch 2.13.0 (CPU, float64): the golden values are its parameters after steps 1, 2 and 30
 * of descending {@code Σ(p⁴ / 4 − target · p)}, the bias in a group of its own without decay.
 */
class PyTorchTest {
    private static final double[] TARGETS = {1, -2, 0.5, 3, 0.25, -1.5};

    static Stream<Arguments> golden() {
        return Stream.of(
                // SGD(lr=0.02)
                golden(new Sgd(0.02), new double[][] {
                    {0.5175, -1.2509375, 1.85, 0.1849609375, -0.7365625, 1.4025},
                    {
                        0.5347282053125,
                        -1.2517870434405518,
                        1.7333675000000002,
                        0.24483438519790768,
                        -0.7235704386639404,
                        1.3173254746875
                    },
                    {
                        0.8721097068416322,
                        -1.2594243420454903,
                        0.953234170526136,
                        1.3473252260521094,
                        -0.46520264767018565,
                        0.17959100344557544
                    }
                }),
                // SGD(lr=0.02, momentum=0.9, dampening=0.3)
                golden(new Sgd(0.02, 0.9, 0.3, false, 0), new double[][] {
                    {0.5175, -1.2509375, 1.85, 0.1849609375, -0.7365625, 1.4025},
                    {
                        0.54530974371875,
                        -1.2523759304083864,
                        1.63335725,
                        0.2808371946385354,
                        -0.7153743070647584,
                        1.25512783228125
                    },
                    {
                        0.9229382578083837,
                        -1.2599355391460707,
                        -0.0578134330539597,
                        1.4952076617636942,
                        0.3934828632977435,
                        -0.8237114294455329
                    }
                }),
                // SGD(lr=0.02, momentum=0.8, nesterov=True)
                golden(new Sgd(0.02, 0.8, true, 0), new double[][] {
                    {0.5315, -1.2516875, 1.73, 0.2329296875, -0.7258125, 1.3245},
                    {
                        0.5732947932885,
                        -1.2536898497684112,
                        1.4656021879999999,
                        0.3788497235006993,
                        -0.6944475121967061,
                        1.1244514554795
                    },
                    {
                        0.9932192568691669,
                        -1.259982048123468,
                        0.7987060992104527,
                        1.4489370284485061,
                        0.17059093783212606,
                        -1.1246898132087695
                    }
                }),
                // Adam(lr=0.05)
                golden(new Adam(0.05), new double[][] {
                    {
                        0.5499999994285715,
                        -1.2999999893333356,
                        1.9500000000666666,
                        0.17499999983322476,
                        -0.700000000744186,
                        1.4500000001025641
                    },
                    {
                        0.5999222440678452,
                        -1.2715543774117868,
                        1.9001468633904277,
                        0.2249985100140293,
                        -0.6502591678093296,
                        1.4001201841243702
                    },
                    {
                        0.9562874276363769,
                        -1.2669141335957952,
                        0.904656773477363,
                        1.4761654461299067,
                        0.5192609348006911,
                        0.2220448550605307
                    }
                }),
                // AdamW(lr=0.05, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1)
                golden(new Adam(0.05, 0.8, 0.95, 1e-6, 0.1), new double[][] {
                    {
                        0.5474999428572082,
                        -1.2937489333560883,
                        1.9400000066666658,
                        0.17437498332248114,
                        -0.7000000744184939,
                        1.4500000102564081
                    },
                    {
                        0.5946515766000328,
                        -1.2583643444195594,
                        1.8805684450551148,
                        0.2235006956449699,
                        -0.6503637234293422,
                        1.4001780646426825
                    },
                    {
                        0.9790527779539845,
                        -1.258498611056572,
                        0.8685236647842213,
                        1.3513123759760903,
                        0.5068616953643357,
                        0.24860110743804004
                    }
                }),
                // AdamW(lr=0.05, betas=(0.9, 0.9), weight_decay=0.1, amsgrad=True)
                golden(new Adam(0.05, 0.9, 0.9, 1e-8, 0.1, true), new double[][] {
                    {
                        0.5474999994285714,
                        -1.2937499893333355,
                        1.9400000000666666,
                        0.17437499983322474,
                        -0.700000000744186,
                        1.4500000001025641
                    },
                    {
                        0.5947494404115009,
                        -1.2611820786888501,
                        1.8803596918453271,
                        0.22350311688058222,
                        -0.6500972997983573,
                        1.4000299867923298
                    },
                    {
                        0.9656572586702834,
                        -1.262588503767803,
                        0.8235617616409763,
                        1.3825197163693967,
                        0.5203030041776932,
                        0.22766308927868747
                    }
                }),
                // NAdam(lr=0.05, weight_decay=0.1, decoupled_weight_decay=True)
                golden(new NAdam(0.05).withWeightDecay(0.1), new double[][] {
                    {
                        0.5503225883140827,
                        -1.2965725776489527,
                        1.9371774111526607,
                        0.1771975887415794,
                        -0.6971774118684272,
                        1.4471774111905846
                    },
                    {
                        0.5858972709299913,
                        -1.2403271167703338,
                        1.890132815841846,
                        0.21547489974082965,
                        -0.6603580381490248,
                        1.4092883997425087
                    },
                    {
                        1.0022149224743124,
                        -1.2537192751246353,
                        0.9885053920226884,
                        1.2202016295751912,
                        0.279400552545796,
                        0.46042652909918735
                    }
                }),
                // RAdam(lr=0.05, betas=(0.9, 0.99), weight_decay=0.1, decoupled_weight_decay=True)
                golden(new RAdam(0.05).withBeta2(0.99).withWeightDecay(0.1), new double[][] {
                    {0.54125, -1.24609375, 1.615, 0.27427734375, -0.71640625, 1.25625},
                    {
                        0.5814105912314967,
                        -1.2426873835137016,
                        1.3316017532894735,
                        0.4223167158384255,
                        -0.6842385039455012,
                        1.049142931486431
                    },
                    {
                        0.8710983225886435,
                        -1.2483395502372125,
                        0.6886731731775683,
                        1.0196793239893918,
                        -0.3286520078171315,
                        0.32017935429895633
                    }
                }),
                // RMSprop(lr=0.02, alpha=0.9)
                golden(new RmsProp(0.02).withAlpha(0.9), new double[][] {
                    {
                        0.5632455509176534,
                        -1.3132455105367298,
                        1.9367544470632991,
                        0.18824555253626662,
                        -0.6867544497733764,
                        1.4367544472068887
                    },
                    {
                        0.6077283750645895,
                        -1.250873110834399,
                        1.893175717275167,
                        0.23409445641301296,
                        -0.6444357026461243,
                        1.3928219619602134
                    },
                    {
                        0.9939025496265098,
                        -1.2467539523429039,
                        1.3646354779628151,
                        0.8807303376819878,
                        -0.09436567850797482,
                        0.8196654972816745
                    }
                }),
                // RMSprop(lr=0.02, alpha=0.9, momentum=0.7, centered=True)
                golden(new RmsProp(0.02, 0.9, 1e-8, 0.7, 0, true), new double[][] {
                    {
                        0.5666666641269842,
                        -1.316666619259293,
                        1.9333333336296297,
                        0.19166666592544337,
                        -0.6833333366408267,
                        1.4333333337891738
                    },
                    {
                        0.6626522330327911,
                        -1.2985262667378372,
                        1.8384076517439063,
                        0.28927356344666516,
                        -0.5899026043252501,
                        1.337984926551922
                    },
                    {
                        1.0013078621717284,
                        -1.2597407790410533,
                        0.8065616457424246,
                        1.4400105576726074,
                        0.6252270521809997,
                        -1.2057188216473476
                    }
                }),
                // Adagrad(lr=0.2, lr_decay=0.01, initial_accumulator_value=0.1)
                golden(new Adagrad(0.2, 0.01, 0.1, 1e-10, 0), new double[][] {
                    {
                        0.6880932251949441,
                        -1.2793259195102846,
                        1.8001775410940233,
                        0.32389663888019277,
                        -0.5690415826521679,
                        1.3004194525565171
                    },
                    {
                        0.8042876421045065,
                        -1.2235520215958904,
                        1.6854824341233106,
                        0.4627739991287714,
                        -0.46907760130506027,
                        1.180880969082266
                    },
                    {
                        0.99999983131065,
                        -1.2599210498877749,
                        1.033226172057124,
                        1.3917617866985366,
                        0.4788286849431066,
                        0.20779890930572115
                    }
                }));
    }

    private static Arguments golden(OptimizerConfig config, double[][] expected) {
        return arguments(config, expected);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void stepsAreThoseOfPyTorch(OptimizerConfig config, double[][] expected) {
        try (Scope scope = Scope.open()) {
            Parameter weight =
                    new Parameter("weight", scope.of(Shape.of(2, 2), 0.5, -1.25, 2.0, 0.125), Parameter.Kind.WEIGHT);
            Parameter bias = new Parameter("bias", scope.of(Shape.of(2), -0.75, 1.5), Parameter.Kind.BIAS);
            List<Parameter> parameters = List.of(weight, bias);
            Optimizer optimizer = config.over(scope, parameters);
            Gradients gradients = Gradients.accumulator(
                    scope, parameters.stream().map(Parameter::value).toList());
            int[] looks = {1, 2, 30};
            int next = 0;
            for (int step = 1; step <= 30; step++) {
                int from = 0;
                for (Parameter parameter : parameters) {
                    Tensor gradient = gradients.of(List.of(parameter.value())).get(0);
                    gradient.set(cubesMinusTargets(parameter.value().toDoubleArray(), from));
                    from += (int) gradient.elements();
                }
                optimizer.step(gradients);
                if (step == looks[next]) {
                    double[] values = DoubleStream.concat(
                                    DoubleStream.of(weight.value().toDoubleArray()),
                                    DoubleStream.of(bias.value().toDoubleArray()))
                            .toArray();
                    assertArrayEquals(expected[next++], values, 1e-12, "step " + step);
                }
            }
        }
    }

    private static double[] cubesMinusTargets(double[] p, int from) {
        double[] gradient = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            gradient[i] = p[i] * p[i] * p[i] - TARGETS[from + i];
        }
        return gradient;
    }
}
