// The documents of geoclaims, format 1.0; made of its portable JSON Schema by json-schema-to-typescript.

/**
 * What the actor is. Term: STIX identity_class, with a state added.
 */
export type ActorKind = "person" | "group" | "organization" | "state" | "unknown";
/**
 * The country. Term: ISO 3166-1 alpha-3, and XKX for Kosovo.
 */
export type Country =
  | "ABW"
  | "AFG"
  | "AGO"
  | "AIA"
  | "ALA"
  | "ALB"
  | "AND"
  | "ARE"
  | "ARG"
  | "ARM"
  | "ASM"
  | "ATA"
  | "ATF"
  | "ATG"
  | "AUS"
  | "AUT"
  | "AZE"
  | "BDI"
  | "BEL"
  | "BEN"
  | "BES"
  | "BFA"
  | "BGD"
  | "BGR"
  | "BHR"
  | "BHS"
  | "BIH"
  | "BLM"
  | "BLR"
  | "BLZ"
  | "BMU"
  | "BOL"
  | "BRA"
  | "BRB"
  | "BRN"
  | "BTN"
  | "BVT"
  | "BWA"
  | "CAF"
  | "CAN"
  | "CCK"
  | "CHE"
  | "CHL"
  | "CHN"
  | "CIV"
  | "CMR"
  | "COD"
  | "COG"
  | "COK"
  | "COL"
  | "COM"
  | "CPV"
  | "CRI"
  | "CUB"
  | "CUW"
  | "CXR"
  | "CYM"
  | "CYP"
  | "CZE"
  | "DEU"
  | "DJI"
  | "DMA"
  | "DNK"
  | "DOM"
  | "DZA"
  | "ECU"
  | "EGY"
  | "ERI"
  | "ESH"
  | "ESP"
  | "EST"
  | "ETH"
  | "FIN"
  | "FJI"
  | "FLK"
  | "FRA"
  | "FRO"
  | "FSM"
  | "GAB"
  | "GBR"
  | "GEO"
  | "GGY"
  | "GHA"
  | "GIB"
  | "GIN"
  | "GLP"
  | "GMB"
  | "GNB"
  | "GNQ"
  | "GRC"
  | "GRD"
  | "GRL"
  | "GTM"
  | "GUF"
  | "GUM"
  | "GUY"
  | "HKG"
  | "HMD"
  | "HND"
  | "HRV"
  | "HTI"
  | "HUN"
  | "IDN"
  | "IMN"
  | "IND"
  | "IOT"
  | "IRL"
  | "IRN"
  | "IRQ"
  | "ISL"
  | "ISR"
  | "ITA"
  | "JAM"
  | "JEY"
  | "JOR"
  | "JPN"
  | "KAZ"
  | "KEN"
  | "KGZ"
  | "KHM"
  | "KIR"
  | "KNA"
  | "KOR"
  | "KWT"
  | "LAO"
  | "LBN"
  | "LBR"
  | "LBY"
  | "LCA"
  | "LIE"
  | "LKA"
  | "LSO"
  | "LTU"
  | "LUX"
  | "LVA"
  | "MAC"
  | "MAF"
  | "MAR"
  | "MCO"
  | "MDA"
  | "MDG"
  | "MDV"
  | "MEX"
  | "MHL"
  | "MKD"
  | "MLI"
  | "MLT"
  | "MMR"
  | "MNE"
  | "MNG"
  | "MNP"
  | "MOZ"
  | "MRT"
  | "MSR"
  | "MTQ"
  | "MUS"
  | "MWI"
  | "MYS"
  | "MYT"
  | "NAM"
  | "NCL"
  | "NER"
  | "NFK"
  | "NGA"
  | "NIC"
  | "NIU"
  | "NLD"
  | "NOR"
  | "NPL"
  | "NRU"
  | "NZL"
  | "OMN"
  | "PAK"
  | "PAN"
  | "PCN"
  | "PER"
  | "PHL"
  | "PLW"
  | "PNG"
  | "POL"
  | "PRI"
  | "PRK"
  | "PRT"
  | "PRY"
  | "PSE"
  | "PYF"
  | "QAT"
  | "REU"
  | "ROU"
  | "RUS"
  | "RWA"
  | "SAU"
  | "SDN"
  | "SEN"
  | "SGP"
  | "SGS"
  | "SHN"
  | "SJM"
  | "SLB"
  | "SLE"
  | "SLV"
  | "SMR"
  | "SOM"
  | "SPM"
  | "SRB"
  | "SSD"
  | "STP"
  | "SUR"
  | "SVK"
  | "SVN"
  | "SWE"
  | "SWZ"
  | "SXM"
  | "SYC"
  | "SYR"
  | "TCA"
  | "TCD"
  | "TGO"
  | "THA"
  | "TJK"
  | "TKL"
  | "TKM"
  | "TLS"
  | "TON"
  | "TTO"
  | "TUN"
  | "TUR"
  | "TUV"
  | "TWN"
  | "TZA"
  | "UGA"
  | "UKR"
  | "UMI"
  | "URY"
  | "USA"
  | "UZB"
  | "VAT"
  | "VCT"
  | "VEN"
  | "VGB"
  | "VIR"
  | "VNM"
  | "VUT"
  | "WLF"
  | "WSM"
  | "XKX"
  | "YEM"
  | "ZAF"
  | "ZMB"
  | "ZWE"
  | null;
/**
 * A statement of one of the kinds, as its type says.
 */
export type AnyStatement = Statement | Allegation | Denial;
/**
 * How it is denied.
 */
export type DenialKind = "outright" | "non_involvement" | "no_evidence" | "blame_shift" | "unspecified";

/**
 * An article: who is in it and what they are reported to have said.
 */
export interface Article {
  /**
   * The address of a JSON Schema, for editors; it is ignored.
   */
  $schema?: string;
  /**
   * The version of the format.
   */
  schema_version: "1.0";
  /**
   * The id of the article.
   */
  id: string;
  /**
   * The title. Term: schema.org headline.
   */
  title?: string | null;
  /**
   * Who published it. Term: schema.org publisher.
   */
  publisher?: string | null;
  /**
   * Who annotated it.
   */
  annotator?: string | null;
  /**
   * The address of the article. Term: schema.org url.
   */
  url?: string | null;
  /**
   * The address of an archived copy. Term: schema.org archivedAt.
   */
  archived_at?: string | null;
  /**
   * When it was published. Term: schema.org datePublished.
   */
  published?: string | null;
  /**
   * The language of its text. Term: BCP 47; schema.org inLanguage.
   */
  language?: string | null;
  /**
   * The actors, each once.
   */
  actors?: Actor[];
  /**
   * The statements of all three types, in the order of the article.
   */
  statements?: AnyStatement[];
  /**
   * The text of the article, where the holder of the data may keep it. Term: schema.org articleBody.
   */
  text?: string | null;
}
/**
 * One who speaks, for whom or through whom one speaks, who is accused, or who is named in what is said.
 */
export interface Actor {
  /**
   * The id by which others refer to it, unique in the article.
   */
  id: string;
  /**
   * The name, as the article gives it. Term: schema.org name.
   */
  name: string;
  kind?: ActorKind;
  /**
   * The office or function. Term: schema.org jobTitle.
   */
  role?: string | null;
  /**
   * The id of the actor this one speaks for; must not form a cycle. Term: PROV-O actedOnBehalfOf.
   */
  on_behalf_of?: string | null;
  country?: Country;
  /**
   * Whether the article does not name the actor; two such actors are never the same because of a name.
   */
  anonymous?: boolean;
  /**
   * Other names used in the article. Term: schema.org alternateName.
   */
  aliases?: string[];
  /**
   * The URIs of the same actor elsewhere, Wikidata first. Term: schema.org sameAs.
   */
  same_as?: string[];
}
/**
 * Something that an actor is reported to have said.
 */
export interface Statement {
  /**
   * The kind of statement.
   */
  type: "statement";
  /**
   * The id by which others refer to it, unique in the article.
   */
  id: string;
  /**
   * The id of the actor who said it; an anonymous actor for an unattributed claim, a group for joint speakers.
   */
  speaker: string;
  /**
   * What is said, in the annotator's words: one self-contained sentence. Term: PARC content.
   */
  content: string;
  /**
   * The speaker's own words as the article quotes them; empty where it only paraphrases.
   */
  quotes?: string[];
  /**
   * The reporting word or phrase, such as claimed. Term: PARC cue.
   */
  cue?: string | null;
  /**
   * When it was said.
   */
  date?: string | null;
  /**
   * When the reported event is said to have happened; with event_end, when it began. Term: schema.org temporalCoverage.
   */
  event_date?: string | null;
  /**
   * When the reported event is said to have ended; may be given without event_date. Term: schema.org temporalCoverage.
   */
  event_end?: string | null;
  /**
   * Where the reported event is said to have happened.
   */
  event_place?: string | null;
  /**
   * The ids of the actors that the content names, and of the statements that it reacts to; the speaker, the accused, and what is denied or confirmed are not repeated. Term: schema.org about.
   */
  about?: string[];
  /**
   * The ids of the statements whose content the speaker affirms, as the article presents it; must not form a cycle.
   */
  confirms?: string[];
  /**
   * The ids of the actors through whom it reached the article, outermost first. Term: FactBank nested sources.
   */
  reported_by?: string[];
  /**
   * The numbers that it claims.
   */
  quantities?: Quantity[];
  /**
   * The evidence that the speaker points to, in the annotator's words.
   */
  basis?: string | null;
  /**
   * The addresses at which the statement itself can be seen, such as the post, the video or the press release. Term: schema.org appearance.
   */
  appearances?: string[];
  /**
   * Codes of the user's own scheme, without meaning to geoclaims. Term: STIX labels.
   */
  labels?: string[];
  /**
   * The passages of the article that carry it, in text order; more than one if it is interrupted.
   */
  spans?: Span[];
}
/**
 * A number of something, with the bounds that are claimed for it.
 */
export interface Quantity {
  /**
   * The smallest number that is claimed.
   */
  minimum?: number | null;
  /**
   * The largest number that is claimed.
   */
  maximum?: number | null;
  /**
   * What is counted or measured, such as citizens.
   */
  unit: string;
  /**
   * Whether the bounds are said to be approximate.
   */
  approximate?: boolean;
}
/**
 * A passage of an article's text.
 */
export interface Span {
  /**
   * The offset at which the passage begins. Term: W3C TextPositionSelector start.
   */
  start: number;
  /**
   * The offset at which it ends, exclusive. Term: W3C TextPositionSelector end.
   */
  end: number;
  /**
   * The version of the normal form, then the length and the hash of the passage in that form.
   */
  fingerprint: string;
}
/**
 * A statement that blames someone for something.
 */
export interface Allegation {
  /**
   * The kind of statement.
   */
  type: "allegation";
  /**
   * The id by which others refer to it, unique in the article.
   */
  id: string;
  /**
   * The id of the actor who said it; an anonymous actor for an unattributed claim, a group for joint speakers.
   */
  speaker: string;
  /**
   * What is said, in the annotator's words: one self-contained sentence. Term: PARC content.
   */
  content: string;
  /**
   * The speaker's own words as the article quotes them; empty where it only paraphrases.
   */
  quotes?: string[];
  /**
   * The reporting word or phrase, such as claimed. Term: PARC cue.
   */
  cue?: string | null;
  /**
   * When it was said.
   */
  date?: string | null;
  /**
   * When the reported event is said to have happened; with event_end, when it began. Term: schema.org temporalCoverage.
   */
  event_date?: string | null;
  /**
   * When the reported event is said to have ended; may be given without event_date. Term: schema.org temporalCoverage.
   */
  event_end?: string | null;
  /**
   * Where the reported event is said to have happened.
   */
  event_place?: string | null;
  /**
   * The ids of the actors that the content names, and of the statements that it reacts to; the speaker, the accused, and what is denied or confirmed are not repeated. Term: schema.org about.
   */
  about?: string[];
  /**
   * The ids of the statements whose content the speaker affirms, as the article presents it; must not form a cycle.
   */
  confirms?: string[];
  /**
   * The ids of the actors through whom it reached the article, outermost first. Term: FactBank nested sources.
   */
  reported_by?: string[];
  /**
   * The numbers that it claims.
   */
  quantities?: Quantity[];
  /**
   * The evidence that the speaker points to, in the annotator's words.
   */
  basis?: string | null;
  /**
   * The addresses at which the statement itself can be seen, such as the post, the video or the press release. Term: schema.org appearance.
   */
  appearances?: string[];
  /**
   * Codes of the user's own scheme, without meaning to geoclaims. Term: STIX labels.
   */
  labels?: string[];
  /**
   * The passages of the article that carry it, in text order; more than one if it is interrupted.
   */
  spans?: Span[];
  /**
   * The ids of those whom the speaker blames, as a careful reader takes the article, at least one; speakers may accuse themselves. Term: the target of a CAMEO event.
   *
   * @minItems 1
   */
  accused: [string, ...string[]];
}
/**
 * A statement that rejects what another has said.
 */
export interface Denial {
  /**
   * The kind of statement.
   */
  type: "denial";
  /**
   * The id by which others refer to it, unique in the article.
   */
  id: string;
  /**
   * The id of the actor who said it; an anonymous actor for an unattributed claim, a group for joint speakers.
   */
  speaker: string;
  /**
   * What is said, in the annotator's words: one self-contained sentence. Term: PARC content.
   */
  content: string;
  /**
   * The speaker's own words as the article quotes them; empty where it only paraphrases.
   */
  quotes?: string[];
  /**
   * The reporting word or phrase, such as claimed. Term: PARC cue.
   */
  cue?: string | null;
  /**
   * When it was said.
   */
  date?: string | null;
  /**
   * When the reported event is said to have happened; with event_end, when it began. Term: schema.org temporalCoverage.
   */
  event_date?: string | null;
  /**
   * When the reported event is said to have ended; may be given without event_date. Term: schema.org temporalCoverage.
   */
  event_end?: string | null;
  /**
   * Where the reported event is said to have happened.
   */
  event_place?: string | null;
  /**
   * The ids of the actors that the content names, and of the statements that it reacts to; the speaker, the accused, and what is denied or confirmed are not repeated. Term: schema.org about.
   */
  about?: string[];
  /**
   * The ids of the statements whose content the speaker affirms, as the article presents it; must not form a cycle.
   */
  confirms?: string[];
  /**
   * The ids of the actors through whom it reached the article, outermost first. Term: FactBank nested sources.
   */
  reported_by?: string[];
  /**
   * The numbers that it claims.
   */
  quantities?: Quantity[];
  /**
   * The evidence that the speaker points to, in the annotator's words.
   */
  basis?: string | null;
  /**
   * The addresses at which the statement itself can be seen, such as the post, the video or the press release. Term: schema.org appearance.
   */
  appearances?: string[];
  /**
   * Codes of the user's own scheme, without meaning to geoclaims. Term: STIX labels.
   */
  labels?: string[];
  /**
   * The passages of the article that carry it, in text order; more than one if it is interrupted.
   */
  spans?: Span[];
  /**
   * The ids of the statements that the denial rejects, in whole or in part, as a careful reader takes the article, at least one; must not form a cycle.
   *
   * @minItems 1
   */
  denies: [string, ...string[]];
  kind?: DenialKind;
}
