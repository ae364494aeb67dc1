package io.diapason.cli;

import io.diapason.data.TaskChoice;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Options' words as values. What is refused says what must hold; the option's name is put before it. */
final class Converters {
    private Converters() {}

    /** A whole number from 1. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return wholeNumber(text, 1);
        }
    }

    /** A whole number from 0. */
    static final class CountOrNone implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return wholeNumber(text, 0);
        }
    }

    private static int wholeNumber(String text, int least) {
        if (text.matches("\\+?\\d{1,10}")
                && Long.parseLong(text) >= least
                && Long.parseLong(text) <= Integer.MAX_VALUE) {
            return Integer.parseInt(text);
        }
        throw new UsageException("must be a whole number of at least " + least + ", got «" + text + "»");
    }

    /** Any whole number of 64 bits. */
    static final class Seed implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new UsageException("must be a whole number of at most 18 digits, got «" + text + "»", e);
            }
        }
    }

    /** A span of time above 0: numbers with units. */
    static final class Time implements ITypeConverter<Duration> {
        private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
        private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");

        @Override
        public Duration convert(String text) {
            Duration time = Duration.ZERO;
            if (WHOLE.matcher(text).matches()) {
                Matcher part = PART.matcher(text);
                while (part.find()) {
                    long count = Long.parseLong(part.group(1));
                    time = time.plus(
                            switch (part.group(2)) {
                                case "ms" -> Duration.ofMillis(count);
                                case "s" -> Duration.ofSeconds(count);
                                case "m" -> Duration.ofMinutes(count);
                                case "h" -> Duration.ofHours(count);
                                default -> Duration.ofDays(count);
                            });
                }
            }
            if (time.isZero()) {
                throw new UsageException("must be a time with its unit, such as 90s, 10m or 1h30m, got «" + text + "»");
            }
            return time;
        }
    }

    /** What is predicted, or auto. */
    static final class Task implements ITypeConverter<TaskChoice> {
        @Override
        public TaskChoice convert(String text) {
            return word(TaskChoice.class, text);
        }
    }

    /** Which decides the trials. */
    static final class Sampler implements ITypeConverter<SamplerOption> {
        @Override
        public SamplerOption convert(String text) {
            return word(SamplerOption.class, text);
        }
    }

    /** Where it is computed. */
    static final class Device implements ITypeConverter<DeviceOption> {
        @Override
        public DeviceOption convert(String text) {
            return word(DeviceOption.class, text);
        }
    }

    /** What {@code --sampler} may be. */
    enum SamplerOption {
        /** The best there is for the study: random search until there are more. */
        AUTO,
        /** Every point of the space's grid. */
        GRID,
        /** Independent draws. */
        RANDOM
    }

    /** What {@code --device} may be. */
    enum DeviceOption {
        /** The best there is. */
        AUTO,
        /** The processor. */
        CPU
    }

    private static <E extends Enum<E>> E word(Class<E> words, String text) {
        StringBuilder known = new StringBuilder();
        E[] constants = words.getEnumConstants();
        for (int i = 0; i < constants.length; i++) {
            String word = constants[i].name().toLowerCase(Locale.ROOT);
            if (word.equals(text)) {
                return constants[i];
            }
            known.append(i == 0 ? "" : i == constants.length - 1 ? " or " : ", ")
                    .append(word);
        }
        throw new UsageException("must be " + known + ", got «" + text + "»");
    }
}
