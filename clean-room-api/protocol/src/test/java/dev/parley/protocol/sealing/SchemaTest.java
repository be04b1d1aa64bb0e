package dev.parley.protocol.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.encoding.Malformed;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "identity",
                "text",
                "whole",
                "decimal(0)",
                "decimal(9)",
                "decimal(18)",
                "date",
                "timestamp",
                "truth"
            })
    void printsEveryTypeAsItReadIt(String text) throws Exception {
        assertThat(ColumnType.parse(text).print()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Identity", "decimal", "decimal()", "decimal(19)", "decimal(02)", "decimal(-1)", "int64"})
    void refusesOtherTypes(String text) {
        assertThatThrownBy(() -> ColumnType.parse(text)).isInstanceOf(Malformed.class);
    }

    @Test
    void isReadBackFromItsJson() throws Exception {
        var schema = new Schema(List.of(
                new Schema.Column("id", new ColumnType.Identity()), new Schema.Column("n", new ColumnType.Whole())));

        var read = Schema.parse(schema.json());

        assertThat(read).isEqualTo(schema);
        assertThat(read.digest()).isEqualTo(schema.digest());
        assertThat(read.indexOf("n")).isEqualTo(1);
        assertThat(read.indexOf("m")).isEqualTo(-1);
    }

    @Test
    void hasAnotherDigestInAnotherOrder() {
        var a = new Schema.Column("a", new ColumnType.Whole());
        var b = new Schema.Column("b", new ColumnType.Whole());

        assertThat(new Schema(List.of(a, b)).digest()).isNotEqualTo(new Schema(List.of(b, a)).digest());
    }

    @Test
    void refusesTooManyTooFewAndRepeatedColumns() {
        var column = new Schema.Column("a", new ColumnType.Whole());
        var identities = IntStream.range(0, 9)
                .mapToObj(i -> new Schema.Column("i" + i, new ColumnType.Identity()))
                .toList();
        var many = IntStream.range(0, 65)
                .mapToObj(i -> new Schema.Column("c" + i, new ColumnType.Whole()))
                .toList();

        for (var columns : List.of(List.<Schema.Column>of(), Collections.nCopies(2, column), identities, many)) {
            assertThatThrownBy(() -> new Schema(columns)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
