package dev.parley.local.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.people.TrueAnswer;
import dev.parley.local.people.TrueAnswer.Cells;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static final String RESULT = """
            {"parley":"result/1","mode":"dp","dimensions":["segment"],
             "columns":[{"as":"people","kind":"PEOPLE","noise":null},{"as":"mean_spend","kind":"MEAN","noise":null}],
             "rows":[{"group":["loyal"],"cells":[
               {"suppressed":false,"value":"1010","halfWidth95":"12"},
               {"suppressed":false,"value":"20.50","halfWidth95":"0.10"}]},
              {"group":["premium"],"cells":[
               {"suppressed":true,"value":null,"halfWidth95":null},
               {"suppressed":true,"value":null,"halfWidth95":null}]}]}
            """;
    private static final TrueAnswer TRUTH = new TrueAnswer(Map.of(
            List.of("loyal"), new Cells(1_000, 1_200, 2_400_000, 0), List.of("premium"), new Cells(3, 3, 999, 0)));

    @Test
    void putsEachFigureBesideTheTruth() throws Exception {
        var comparison = Comparison.of(parse(RESULT), TRUTH);

        assertThat(comparison.table(List.of("segment")).lines())
                .anySatisfy(line -> assertThat(line).matches("loyal +people +1,010 +± 12 +1,000 +\\+1.00 %"))
                .anySatisfy(line -> assertThat(line).matches("loyal +mean_spend +20.50 +± 0.10 +20.00 +\\+2.50 %"))
                .anySatisfy(line -> assertThat(line).matches("premium +people +suppressed +3 +-"));
    }

    @Test
    void countsTheFiguresWhoseIntervalHoldsTheTruth() throws Exception {
        assertThat(Comparison.of(parse(RESULT), TRUTH).covered()).isEqualTo(1);
    }

    @Test
    void refusesAResultOfAnotherForm() {
        assertThatThrownBy(() -> parse("{\"parley\":\"result/2\"}")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> parse(RESULT.replace("\"mode\":\"dp\",", ""))).isInstanceOf(Malformed.class);
    }

    @Test
    void knowsNoTruthOfGroupsThatNobodyMade() throws Exception {
        var answer = parse(RESULT.replace("loyal", "strange"));

        assertThatThrownBy(() -> Comparison.of(answer, TRUTH)).isInstanceOf(NullPointerException.class);
    }

    private static Answer parse(String text) throws Malformed {
        return Answer.parse(Json.parse(Bytes.utf8(text)));
    }
}
