package io.diapason.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
    private static final List<String> NAMES = List.of("age", "income", "sex");

    @Test
    void nearestNameIsFoundWithinAThirdOfItsLetters() {
        assertEquals(Optional.of("income"), DidYouMean.nearest("incom", NAMES)); // one letter to insert
        assertEquals(Optional.of("income"), DidYouMean.nearest("INCOME", NAMES)); // none but case
        assertEquals(Optional.of("income"), DidYouMean.nearest("icnome", NAMES)); // one swap
        assertEquals(Optional.of("age"), DidYouMean.nearest("aeg", NAMES));
        assertEquals(Optional.empty(), DidYouMean.nearest("outcast", NAMES));
        assertEquals(Optional.empty(), DidYouMean.nearest("incxyz", NAMES)); // three of six
    }

    @Test
    void longListsAreCut() {
        List<String> many = IntStream.range(0, 40)
                .mapToObj(i -> "column-" + (char) ('a' + i % 26) + i)
                .toList();
        String help = DidYouMean.help("zzzzzzzzz", many);
        assertEquals("known are: " + String.join(", ", many.subList(0, 30)) + " and 10 more", help);
    }
}
