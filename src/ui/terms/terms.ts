/** A word of the page with its meaning. */
export interface Term {
  readonly name: string
  /** For somebody who has never heard of it. */
  readonly plain: string
  /** For somebody who wants to know exactly. */
  readonly exact: string
  readonly source: { readonly name: string; readonly url: string }
}

const LLADA = { name: 'Nie et al., LLaDA (2502.09992)', url: 'https://arxiv.org/abs/2502.09992' }
const DREAM = { name: 'Ye et al., Dream 7B (2508.15487)', url: 'https://arxiv.org/abs/2508.15487' }
const FAST = { name: 'Wu et al., Fast-dLLM (2505.22618)', url: 'https://arxiv.org/abs/2505.22618' }
const REMDM = { name: 'Wang et al., ReMDM (2503.00307)', url: 'https://arxiv.org/abs/2503.00307' }
const EDITING = { name: 'LLaDA2.1 (2602.08676)', url: 'https://arxiv.org/abs/2602.08676' }
const BLOCKS = {
  name: 'Arriola et al., Block Diffusion (2503.09573)',
  url: 'https://arxiv.org/abs/2503.09573',
}
const ATTENTION = { name: 'Vaswani et al. (1706.03762)', url: 'https://arxiv.org/abs/1706.03762' }
const ONNX = {
  name: 'ONNX Runtime, execution providers',
  url: 'https://onnxruntime.ai/docs/execution-providers/',
}

/** Every word of the field that the page uses. */
export const TERMS = {
  token: {
    name: 'Token',
    plain: 'A piece of text that the model handles as one: a short word, or a part of a longer one.',
    exact: 'An id of the vocabulary that byte-pair encoding cut the text into.',
    source: { name: 'Sennrich et al. (1508.07909)', url: 'https://arxiv.org/abs/1508.07909' },
  },
  mask: {
    name: 'Mask',
    plain: 'An empty place of the answer: there will be a token, and nobody has decided which.',
    exact:
      'A token id of its own that stands at every undecided position; the model was trained to put real tokens in its place.',
    source: LLADA,
  },
  'forward-pass': {
    name: 'Forward pass',
    plain: 'The model reads once what stands there and says what it thinks of every place.',
    exact:
      'One evaluation of the network. Both decoders here pay by passes, but a pass does not cost the same in both.',
    source: ATTENTION,
  },
  guess: {
    name: 'Guess',
    plain: 'What the model would put in an empty place if it had to decide now.',
    exact: 'The most probable token of a masked position in this pass; drawn from a probability of 25 % on.',
    source: LLADA,
  },
  commit: {
    name: 'Commit',
    plain: 'To decide a place: from now on this token stands there, and the model reads it like the prompt.',
    exact: 'Replacing the mask of a position by a token; final unless the strategy revises.',
    source: LLADA,
  },
  diffusion: {
    name: 'Diffusion, masked',
    plain:
      'Writing by filling in: all places begin empty, all are guessed at once, some are decided, and again.',
    exact:
      'A model of p(x₀ | xₜ) where xₜ hides a share t of the tokens; generation goes from t = 1 to 0 in steps.',
    source: LLADA,
  },
  autoregressive: {
    name: 'Autoregressive (AR)',
    plain: 'Writing from left to right, one token after the other, never looking ahead.',
    exact: 'p(x) as the product of p(xᵢ | x₁ … xᵢ₋₁): one token a forward pass.',
    source: ATTENTION,
  },
  'kv-cache': {
    name: 'KV cache',
    plain:
      'What the model remembers of the text it has read, so that it need not read it again for the next token.',
    exact:
      'Keys and values of every layer for the positions so far. It holds while they do not change, which in diffusion they do.',
    source: { name: 'Pope et al. (2211.05102)', url: 'https://arxiv.org/abs/2211.05102' },
  },
  confidence: {
    name: 'Sureness',
    plain: 'How likely the model itself takes a token to be: 100 % means that it sees no other.',
    exact: 'The token’s softmax probability at temperature 1. Sure is not the same as right.',
    source: LLADA,
  },
  entropy: {
    name: 'Entropy',
    plain:
      'How undecided the model is at a place: 0 when it sees one possibility only, more the more it sees.',
    exact: '−Σ p ln p over the whole vocabulary, in nats.',
    source: { name: 'Shannon (1948)', url: 'https://doi.org/10.1002/j.1538-7305.1948.tb01338.x' },
  },
  candidate: {
    name: 'Candidate',
    plain: 'A token that the model considered for a place.',
    exact: 'One of the k most probable tokens of a position in a pass.',
    source: DREAM,
  },
  'low-confidence': {
    name: 'Low confidence',
    plain: 'Decides the surest places first. The name is of what stays masked: the places of low confidence.',
    exact:
      'Commits the quota’s positions of highest top-1 probability, and leaves the rest masked again (“low-confidence remasking”).',
    source: LLADA,
  },
  margin: {
    name: 'Margin',
    plain: 'Decides first where the best candidate is far ahead of the second.',
    exact: 'Ranks positions by p₁ − p₂.',
    source: { name: 'Kim et al. (2502.06768)', url: 'https://arxiv.org/abs/2502.06768' },
  },
  'entropy-order': {
    name: 'Entropy, as a strategy',
    plain: 'Decides first where the model hesitates least over all words together.',
    exact: 'Ranks positions by −H.',
    source: DREAM,
  },
  random: {
    name: 'Random',
    plain: 'Draws by lot which places are decided: the yardstick that shows what a clever order is worth.',
    exact: 'Ranks positions uniformly at random.',
    source: LLADA,
  },
  threshold: {
    name: 'Threshold',
    plain: 'Decides every place that is sure enough at once, be it one or thirty.',
    exact: 'Commits all positions with p₁ ≥ τ, and at least one.',
    source: FAST,
  },
  factor: {
    name: 'Factor',
    plain: 'Decides many at once where they are all nearly certain, and few where they are not.',
    exact: 'In falling order of confidence commits the first n while (n + 1)(1 − cₙ) < f.',
    source: FAST,
  },
  'remdm-cap': {
    name: 'ReMDM cap',
    plain:
      'The surest places first; a little of what was decided is taken back in every pass, and decided anew.',
    exact: 'Masks each committed token again with the chance σ = min(η, σ_max), and commits as many more.',
    source: REMDM,
  },
  'remdm-rescale': {
    name: 'ReMDM rescale',
    plain: 'The surest places first; what was decided is taken back early more than late.',
    exact: 'Masks each committed token again with the chance σ = η · σ_max, and commits as many more.',
    source: REMDM,
  },
  'remdm-conf': {
    name: 'ReMDM confidence',
    plain: 'The surest places first; what was decided unsurely is taken back first.',
    exact:
      'Shares σ = η · σ_max out by a softmax of −ψ, where ψ is the probability at which a token was committed.',
    source: REMDM,
  },
  editing: {
    name: 'Editing',
    plain: 'Decides every place that is sure enough, and changes what stands where another token is surer.',
    exact:
      'Commits where p₁ ≥ τ; replaces a committed token where another has p ≥ its own threshold, until nothing changes.',
    source: EDITING,
  },
  block: {
    name: 'Block',
    plain:
      'A stretch of the answer that is finished before the next one begins: diffusion inside, left to right outside.',
    exact:
      'Positions are committed in blocks of L from left to right; with L = 1 it would be autoregression.',
    source: BLOCKS,
  },
  'answer-length': {
    name: 'Answer length',
    plain:
      'How many places the answer has. Diffusion must be told before it begins; unused ones end as “end of answer”.',
    exact: 'The number of masked positions of the canvas, and the most tokens that AR may write.',
    source: LLADA,
  },
  'end-of-sequence': {
    name: 'End of answer',
    plain: 'The token by which the model says: here the answer is over.',
    exact:
      'The end-of-sequence id. Committed here from the right end inwards only, or answers would come back empty.',
    source: LLADA,
  },
  'length-settled': {
    name: 'Length settled',
    plain: 'From this step on it is certain how long the answer is.',
    exact: 'The step in which the last content token and the end behind it were both committed.',
    source: LLADA,
  },
  'kendall-tau': {
    name: 'Kendall’s τ',
    plain:
      'How much the order of deciding was from left to right: 1 is a typewriter, 0 any order, −1 backwards.',
    exact:
      'Rank correlation of commit step and position: (concordant − discordant pairs) / pairs that are no ties.',
    source: { name: 'Kendall (1938)', url: 'https://doi.org/10.1093/biomet/30.1-2.81' },
  },
  temperature: {
    name: 'Temperature',
    plain: 'How much chance there is in the choice: 0 always takes the likeliest token.',
    exact: 'Logits are divided by T before sampling; here by Gumbel noise among the first k.',
    source: { name: 'Zheng et al. (2409.02908)', url: 'https://arxiv.org/abs/2409.02908' },
  },
  'top-k': {
    name: 'Top-k',
    plain: 'Among how many of the likeliest candidates chance may choose.',
    exact: 'Sampling is restricted to the k most probable tokens.',
    source: { name: 'Fan et al. (1805.04833)', url: 'https://arxiv.org/abs/1805.04833' },
  },
  seed: {
    name: 'Seed',
    plain: 'The number that chance begins with: the same seed gives the same run.',
    exact: 'State of the pseudo-random generator; on another device rounding may still differ.',
    source: { name: 'pure-rand', url: 'https://github.com/dubzzz/pure-rand' },
  },
  'tokens-per-pass': {
    name: 'Tokens a pass',
    plain: 'How many tokens one reading of the model brought. AR has one; diffusion may have more.',
    exact: 'Committed tokens, ends of sequence left out, over forward passes.',
    source: FAST,
  },
  'two-clocks': {
    name: 'Two clocks',
    plain:
      'Passes say how often the model had to read, milliseconds how long it took; the lanes may differ in who wins.',
    exact: 'Each lane’s own recorded clock; lanes are computed one after the other and replayed together.',
    source: FAST,
  },
  parameters: {
    name: 'Parameters',
    plain: 'The numbers that the model has learnt.',
    exact: 'Trained weights; both decoders here use exactly the same ones.',
    source: ATTENTION,
  },
  quantisation: {
    name: '8-bit and 4-bit weights',
    plain: 'The learnt numbers rounded, so that the download is small.',
    exact: 'Integers in blocks of 32 that share a scale (int8, int4).',
    source: { name: 'Dettmers et al. (2110.02861)', url: 'https://arxiv.org/abs/2110.02861' },
  },
  webgpu: {
    name: 'WebGPU',
    plain: 'The browser’s way to compute on the graphics card.',
    exact: 'A W3C interface; the network’s operators run as compute shaders.',
    source: ONNX,
  },
  wasm: {
    name: 'WASM',
    plain: 'The browser’s way to compute fast on the processor, where there is no graphics card.',
    exact: 'WebAssembly with SIMD and, where the page is isolated, threads.',
    source: ONNX,
  },
  recorded: {
    name: 'Recorded, live, shared',
    plain: 'Where a lane comes from: a real run of earlier, one of just now, or somebody else’s.',
    exact:
      'Recordings are traces of the models that ship, with device, precision and times; nothing is made up.',
    source: { name: 'The article of this page', url: './learn.html' },
  },
  'guess-changed': {
    name: 'Guess changed',
    plain: 'How often the model changed its mind about a place before it decided.',
    exact: 'Passes whose most probable token at the position differs from the pass before.',
    source: LLADA,
  },
} as const satisfies Readonly<Record<string, Term>>

export type TermId = keyof typeof TERMS
