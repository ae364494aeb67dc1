package io.diapason.benchmarks.measure;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a timing process tells the one that started it: a line of JSON on its standard output. */
public final class Answer {
    private Answer() {}

    /**
     * Prints an answer.
     *
     * @param answer names and values
     */
    public static void print(Map<String, Object> answer) {
        System.out.println(new JsonMapper().writeValueAsString(answer));
    }
}
