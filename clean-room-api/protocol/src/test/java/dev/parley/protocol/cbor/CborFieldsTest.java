package dev.parley.protocol.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CborFieldsTest {
    private final CborFields fields = Cbor.map()
            .put("number", 7)
            .put("octets", Bytes.utf8("ab"))
            .put("text", "secret")
            .put("nothing", Optional.empty())
            .put("truth", true)
            .put("list", Cbor.array(Cbor.of(1)))
            .put("map", Cbor.map().put("inner", 1).build())
            .build()
            .fields();

    @Test
    void readsEveryTypeByItsName() throws Malformed {
        assertThat(fields.integer("number", 0, 7)).isEqualTo(7);
        assertThat(fields.octets("octets", 2, 2)).isEqualTo(Bytes.utf8("ab"));
        assertThat(fields.octetsOrNull("octets")).contains(Bytes.utf8("ab"));
        assertThat(fields.octetsOrNull("nothing")).isEmpty();
        assertThat(fields.text("text")).isEqualTo("secret");
        assertThat(fields.bool("truth")).isTrue();
        assertThat(fields.array("list")).containsExactly(Cbor.of(1));
        assertThat(fields.fields("map").integer("inner", 1, 1)).isEqualTo(1);
        assertThat(fields.has("absent")).isFalse();
        fields.end();
    }

    @Test
    void refusesAnotherTypeWithoutTellingTheValue() {
        assertThatThrownBy(() -> fields.octets("text"))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("text")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> fields.text("octets")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> fields.integer("text", 0, 1)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> fields.bool("number")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> fields.array("map")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> fields.dict("list")).isInstanceOf(Malformed.class);
    }

    @Test
    void refusesWhatLiesOutsideItsRange() {
        assertThatThrownBy(() -> fields.integer("number", 0, 6)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> fields.octets("octets", 3, 4)).isInstanceOf(Malformed.class);
    }

    @Test
    void refusesMissingAndUnreadEntries() throws Malformed {
        fields.text("text");

        assertThatThrownBy(() -> fields.octetsOrNull("absent")).isInstanceOf(Malformed.class);
        assertThatThrownBy(fields::end).isInstanceOf(Malformed.class);
    }
}
