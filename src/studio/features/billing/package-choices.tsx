import { useId } from "react";
import type { PackagesAnswer } from "../../../contract/credits.ts";
import { useWords } from "../../app/words.ts";
import { TextField } from "../../ui/field.tsx";
import { money, priceEach } from "../../ui/figures.ts";
import { Badge } from "../../ui/parts.tsx";
import {
  isPackageId,
  ownCreditsMax,
  ownCreditsMin,
  ownPrices,
  type PayMethod,
  readOwnCredits,
  type Wanted,
} from "./order.ts";

type Package = PackagesAnswer["data"][number];
type Props = {
  packages: readonly Package[];
  wanted: Wanted;
  method: PayMethod;
  onChoose(wanted: Wanted): void;
  ownText: string;
  onOwnText(text: string): void;
};

/** One of the packages, or a number of one's own: radio buttons, each a card with its price. */
export function PackageChoices({ packages, wanted, method, onChoose, ownText, onOwnText }: Props) {
  const { billing } = useWords();
  const name = useId();
  return (
    <fieldset className="choices packages">
      <legend className="packages-legend">{billing.packages}</legend>
      <div className="packages-grid">
        {packages.map((one) => (
          <label key={one.id} className="choice">
            <input
              type="radio"
              name={name}
              value={one.id}
              checked={one.id === wanted}
              onChange={() => isPackageId(one.id) && onChoose(one.id)}
            />
            <PackageFace one={one} method={method} />
          </label>
        ))}
        <label className="choice packages-own">
          <input type="radio" name={name} value="own" checked={wanted === "own"} onChange={() => onChoose("own")} />
          <span className="choice-face package-face">
            <span className="display package-credits">{billing.own}</span>
            <span className="small soft">{billing.each(money(ownPrices[method]))}</span>
          </span>
        </label>
      </div>
      {wanted === "own" && <OwnNumber text={ownText} method={method} onText={onOwnText} />}
    </fieldset>
  );
}

function PackageFace({ one, method }: { one: Package; method: PayMethod }) {
  const { billing, shell } = useWords();
  const { prices, per_credit: perCredit } = one;
  const [price, other] = method === "mpesa" ? [prices.KES, prices.USD] : [prices.USD, prices.KES];
  return (
    <span className="choice-face package-face">
      <span className="package-line">
        <span className="display package-credits figures">{shell.credits(one.credits)}</span>
        {one.bonus > 0 && <Badge tone="good">{billing.bonus(one.bonus)}</Badge>}
      </span>
      <span className="package-line figures">
        <strong>{money(price)}</strong>
        <span className="small soft">{money(other)}</span>
      </span>
      <span className="small soft figures">{billing.each(priceEach(perCredit[price.currency], price.currency))}</span>
    </span>
  );
}

type OwnProps = { text: string; method: PayMethod; onText(text: string): void };

function OwnNumber({ text, method, onText }: OwnProps) {
  const { billing } = useWords();
  const credits = readOwnCredits(text, method);
  const range = billing.ownRange(ownCreditsMin[method], ownCreditsMax.toLocaleString("en"));
  return (
    <div className="own-number">
      <TextField
        label={billing.ownCredits}
        hint={range}
        error={credits === null ? range : undefined}
        inputMode="numeric"
        autoComplete="off"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      <input
        type="range"
        aria-label={billing.ownCredits}
        min={10}
        max={1000}
        step={10}
        value={Math.min(1000, credits ?? 10)}
        onChange={(event) => onText(event.target.value)}
      />
    </div>
  );
}
