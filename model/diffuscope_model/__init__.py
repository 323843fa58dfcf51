"""The recipe of Diffuscope's bundled model: corpus, tokenizer, training, evaluation, export."""
