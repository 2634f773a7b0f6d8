package ai.pollux.assistant.constraint;

import ai.pollux.content.Json;

/** A way of writing JSON values: what lies around names and strings, and between values. */
sealed interface Notation extends Script permits JsonNotation, Gemma4Notation {
  /** A string around what is written inside. */
  Expr string(Expr inside);

  /** One string. */
  Expr string(String value);

  /** The name of a member, up to its value. */
  Expr name(String name);

  /** A name that {@link MemberNames} made, up to its value. */
  Expr anyName(Expr inside);

  /** Between members or items. */
  Expr comma();

  /** One value. */
  Expr value(Json value);
}
