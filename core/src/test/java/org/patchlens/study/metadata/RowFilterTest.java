package org.patchlens.study.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;

/// Six images: the fourth has no label, the fifth no age.
class RowFilterTest {
    private static final Metadata METADATA = new Metadata(
            6,
            List.of(
                    column("site", "A", "A", "B", "B", "A", "C"),
                    column("label", "covid", "normal", "covid", "", "normal", "covid"),
                    column("age", "61", "60", "59", "100", "", "9"),
                    column("dose", "0.1", "0.2", "0.30", "1e2", "-4", "0"),
                    column("patient", "007", "008", "009", "010", "011", "012"),
                    column(
                            "taken on",
                            "2020-03-01",
                            "2020-11-30",
                            "2021-01-01",
                            "2019-12-31",
                            "2020-03-02",
                            "2022-01-01"),
                    column("and", "x", "y", "x", "y", "x", "y")));

    private static MetadataColumn column(String name, String... values) {
        return MetadataColumn.of(name, List.of(values));
    }

    private static List<Integer> rows(String filter) {
        return RowFilter.parse(filter).rows(METADATA).stream().boxed().toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "site=A | 0 1 4",
                "SITE = A | 0 1 4",
                "site==A | 0 1 4",
                "site=a | ''",
                "site=A and label!=covid and age>=60 | 1",
                "site=B or label=normal | 1 2 3 4",
                "site=C or site=A and age>60 | 0 5",
                "(site=C or site=A) and age>60 | 0",
                "age>9 | 0 1 2 3",
                "age<=60 | 1 2 5",
                "age<60.5 | 1 2 5",
                "dose=0.1 | 0",
                "dose=0.3 | 2",
                "dose=100 | 3",
                "dose<0 | 4",
                "dose<>0 | 0 1 2 3 4",
                "patient=007 | 0",
                "patient=7 | ''",
                "\"taken on\" >= 2020-03-02 and 'taken on' < 2021-01-01 | 1 4",
                "site in (B, C) | 2 3 5",
                "site not in (B,C) | 0 1 4",
                "\"and\"=x | 0 2 4",
                "NOT site=A AND NOT site=C | 2 3",
                "not not site=A | 0 1 4",
                "not (site=A or site=C) | 2 3",
            })
    void itSelectsWhatItSays(String filter, String expected) {
        List<Integer> wanted = Stream.of(expected.split(" "))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .toList();
        assertThat(rows(filter)).isEqualTo(wanted);
    }

    /// A missing value equals nothing, and is not unequal to anything either.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "label=covid | 0 2 5",
                "label!=covid | 1 4",
                "not label=covid | 1 4",
                "label is missing | 3",
                "label is not missing | 0 1 2 4 5",
                "label=covid or site=B | 0 2 3 5",
                "label=covid and site=B | 2",
                "not (label=covid and site=B) | 0 1 4 5",
                "label in (covid, normal) or label is missing | 0 1 2 3 4 5",
            })
    void aMissingValueIsFoundByMissingAlone(String filter, String expected) {
        itSelectsWhatItSays(filter, expected);
    }

    @Test
    void aBlankFilterSelectsEveryImage() {
        assertThat(RowFilter.parse("  ").rows(METADATA).cardinality()).isEqualTo(6);
        assertThat(RowFilter.parse("  ")).isEqualTo(RowFilter.all());
        assertThat(RowFilter.all().isAll()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "site | at character 5: the text ends, where one of = != < <= > >= in is missing is expected",
                "site= | at character 6: the text ends, where a value is expected",
                "site=A and | at character 11: the text ends, where a comparison such as site=A is expected",
                "site=A B | at character 8: \"B\" stands, where and, or, or the end is expected",
                "(site=A | at character 8: the text ends, where ) is expected",
                "site=A) | at character 7: \")\" stands, where and, or, or the end is expected",
                "site in A | at character 9: \"A\" stands, where ( is expected",
                "site is A | at character 9: \"A\" stands, where missing is expected",
                "site not A | at character 10: \"A\" stands, where in is expected",
                "site=!A | at character 5: \"=!\" stands, where one of = != < <= > >= in is missing is expected",
                "=A | at character 1: \"=\" stands, where a comparison such as site=A is expected",
                "site='A | at character 6: the quotation mark is not closed",
            })
    void whatCannotBeReadIsRefusedAtItsPlace(String filter, String problem) {
        assertThatThrownBy(() -> RowFilter.parse(filter))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[where] " + problem + ". Write it like \"site=A and not label in (covid, normal)\".");
    }

    @Test
    void anUnknownColumnNamesTheNearest() {
        assertThatThrownBy(() -> rows("lable=covid"))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[where lable] there is no such column; the columns are site, label, age, dose, patient,"
                        + " taken on, and. Did you mean label?");
        assertThatThrownBy(() -> RowFilter.parse("site=A").rows(Metadata.none(3)))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("[where site] the study has no metadata.");
    }

    @Test
    void numbersAndTextAreNotMixedUp() {
        assertThatThrownBy(() -> rows("age>old"))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[where age>old] column age holds numbers, and old is none.");
        assertThatThrownBy(() -> rows("patient>=10"))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[where patient>=10] column patient holds text, which has no order that fits the number"
                        + " 10.");
    }

    @Test
    void aFilterThatSelectsNothingTellsTheValuesThereAre() {
        assertThatThrownBy(() -> RowFilter.parse("site=Z and label=covid").select(METADATA))
                .isInstanceOf(PatchlensException.class)
                .hasMessage("[where site=Z and label=covid] selects none of 6 images; site has the values A, B, C;"
                        + " label has the values covid, normal, and is missing for 1.");
        assertThat(RowFilter.parse("site=C").select(METADATA)).isEqualTo(BitSet.valueOf(new long[] {1 << 5}));
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 2000})
    void deepNestingIsRefused(int depth) {
        String filter = "(".repeat(depth) + "site=A" + ")".repeat(depth);
        assertThatThrownBy(() -> rows(filter))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("nested");
        assertThat(rows("(".repeat(64) + "site=A" + ")".repeat(64))).isEqualTo(rows("site=A"));
    }

    @Test
    void endlessFiltersAreRefused() {
        assertThatThrownBy(() -> rows("site=A or ".repeat(400) + "site=A")).hasMessageContaining("256 comparisons");
        String list = IntStream.range(0, 300).mapToObj(Integer::toString).collect(Collectors.joining(","));
        assertThatThrownBy(() -> rows("site in (" + list + ")")).hasMessageContaining("256 comparisons");
        assertThatThrownBy(() -> rows("x".repeat(4097))).hasMessageContaining("4097 characters");
    }

    /// Whatever is typed gives rows or one sentence.
    @Test
    void noTextBreaksIt() {
        Random random = new Random(5);
        List<String> pieces = List.of(
                "site", "age", "=", "!=", "<", "(", ")", ",", "and", "or", "not", "in", "is", "missing", "A", "60", "'",
                "\"", " ", "1e999", "\u00e4");
        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(random.nextInt(12), 0, pieces.size())
                    .mapToObj(pieces::get)
                    .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
            try {
                assertThat(rows(text)).isSorted();
            } catch (PatchlensException refusal) {
                assertThat(refusal.category()).isEqualTo(PatchlensException.Category.USAGE);
            }
        }
    }

    /// De Morgan's laws, with missing values too.
    @Test
    void notChangesAndIntoOr() {
        assertThat(rows("not (label=covid or age>59)")).isEqualTo(rows("not label=covid and not age>59"));
        assertThat(rows("not (label=covid and age>59)")).isEqualTo(rows("not label=covid or not age>59"));
    }
}
