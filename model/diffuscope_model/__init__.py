"""The recipe of the model that ships with Diffuscope: corpus, tokenizer, training, evaluation, export."""
