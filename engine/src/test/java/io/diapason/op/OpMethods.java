package io.diapason.op;

import io.diapason.tensor.DType;
import io.diapason.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operations as users see them: every public static method of a public class of the package, found by reflection.
 */
final class OpMethods {
    private static final List<Method> ALL = find();

    private OpMethods() {}

    /** An input of a table's row. */
    enum In {
        A(0),
        B(1),
        C(2);

        final int position;

        In(int position) {
            this.position = position;
        }
    }

    /** An operand that is no input: indices, conditions, weights; a function of the inputs' type. */
    record Made(String text, Function<DType, Tensor> tensor) {
        @Override
        public String toString() {
            return text;
        }
    }

    static List<Method> all() {
        return ALL;
    }

    private static List<Method> find() {
        try (Stream<Path> files = Files.list(Path.of(Op.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("io/diapason/op"))) {
            List<Method> methods = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.contains("$") && !name.equals("package-info.class")) {
                    Class<?> type = Class.forName("io.diapason.op." + name.replace(".class", ""));
                    for (Method method : type.getDeclaredMethods()) {
                        if (Modifier.isPublic(type.getModifiers())
                                && Modifier.isPublic(method.getModifiers())
                                && Modifier.isStatic(method.getModifiers())) {
                            methods.add(method);
                        }
                    }
                }
            }
            return List.copyOf(methods);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The method of a signature. */
    static Method of(String signature) {
        return ALL.stream()
                .filter(method -> signature(method).equals(signature))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + signature));
    }

    static Object invoke(Method method, Object... arguments) {
        try {
            return method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Such as {@code Elementwise.pow(Tensor, double)}. */
    static String signature(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /** One method with its arguments: constants, {@link In}, {@link Made}, or null for a tensor that is not there. */
    record Call(Method method, List<Object> arguments) {
        /** The only method of that name which takes these arguments. */
        static Call of(String name, Object... arguments) {
            List<Method> fitting = all().stream()
                    .filter(method -> signature(method).startsWith(name + "("))
                    .filter(method -> fits(method.getParameterTypes(), arguments))
                    .toList();
            if (fitting.size() != 1) {
                throw new IllegalArgumentException(
                        name + Arrays.deepToString(arguments) + " fits " + fitting.size() + " methods");
            }
            return new Call(fitting.get(0), Arrays.asList(arguments));
        }

        private static boolean fits(Class<?>[] types, Object[] arguments) {
            boolean fits = types.length == arguments.length;
            for (int i = 0; fits && i < types.length; i++) {
                Object argument = arguments[i];
                if (types[i] == Tensor.class) {
                    fits = argument == null || argument instanceof In || argument instanceof Made;
                } else if (types[i] == Tensor[].class) {
                    fits = argument instanceof In[];
                } else if (types[i] == double.class) {
                    fits = argument instanceof Double;
                } else if (types[i] == float.class) {
                    fits = argument instanceof Float;
                } else if (types[i] == int.class) {
                    fits = argument instanceof Integer;
                } else if (types[i] == long.class) {
                    fits = argument instanceof Long;
                } else if (types[i] == boolean.class) {
                    fits = argument instanceof Boolean;
                } else {
                    fits = types[i].isInstance(argument);
                }
            }
            return fits;
        }

        Tensor invoke(List<Tensor> inputs) {
            Object[] values = new Object[arguments.size()];
            for (int i = 0; i < values.length; i++) {
                Object argument = arguments.get(i);
                if (argument instanceof In in) {
                    values[i] = inputs.get(in.position);
                } else if (argument instanceof In[] several) {
                    values[i] = Arrays.stream(several)
                            .map(in -> inputs.get(in.position))
                            .toArray(Tensor[]::new);
                } else if (argument instanceof Made made) {
                    values[i] = made.tensor().apply(inputs.get(0).dtype());
                } else {
                    values[i] = argument;
                }
            }
            return (Tensor) OpMethods.invoke(method, values);
        }

        @Override
        public String toString() {
            String list = Arrays.deepToString(arguments.toArray());
            return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "("
                    + list.substring(1, list.length() - 1) + ")";
        }
    }
}
