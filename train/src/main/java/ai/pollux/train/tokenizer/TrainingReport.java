package ai.pollux.train.tokenizer;

/**
 * What was seen while a vocabulary was learned.
 *
 * @param texts how many
 * @param length of all texts, in UTF-16 units
 * @param chunks how many different chunks were kept
 * @param droppedChunks how often a chunk was dropped because there were too many; one that came
 *     back counts again
 * @param droppedOccurrences how many occurrences those had, by weight
 * @param characters how many characters became pieces
 * @param coverage the share of all characters in the text that those are
 * @param byteCharacters how many different characters are spelled in bytes
 * @param joined how many pieces were learned by joining
 * @param lowestCount how often the last of them was seen; 0 where none was learned
 */
public record TrainingReport(
    long texts,
    long length,
    int chunks,
    long droppedChunks,
    long droppedOccurrences,
    int characters,
    double coverage,
    int byteCharacters,
    int joined,
    long lowestCount) {}
