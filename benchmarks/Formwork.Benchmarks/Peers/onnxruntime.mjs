// Runs one model's three graphs in ONNX Runtime and times it when told to. The program that starts it writes "run SECONDS" lines and
// reads a line of JSON for each; in between this process waits for input, so that the two can be measured in turns.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

process.on('uncaughtException', error => {
  console.log(JSON.stringify({ error: error.message }));
  process.exit(1);
});

const settings = JSON.parse(process.argv[2]);
const { folder, graphs, layers, heads, headDim, vocab, source, steps, threads, encoderShare } = settings;
const require = createRequire(`${folder}/`);
const ort = require('onnxruntime-node');

// The package's own class wraps these sessions in promises that only cost time: a small model's step is that short.
const { binding, initOrt } = require(`${folder}/node_modules/onnxruntime-node/dist/binding.js`);
initOrt();

const options = {
  executionProviders: ['cpu'],
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
};
function load(name) {
  const session = new binding.InferenceSession();
  session.loadModel(`${graphs}-${name}.onnx`, options);
  return session;
}

const [encoder, cross, step] = ['encoder', 'cross', 'step'].map(load);

const floats = dims => new ort.Tensor('float32', new Float32Array(dims.reduce((a, b) => a * b, 1)), dims);
const integers = (values, dims) => new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims);
const outputs = session => Object.fromEntries(session.outputMetadata.map(({ name, shape }) => [name, floats(shape)]));

// Every input and output of every step is allocated once and bound again and again: what one step writes as its cache is what the next
// one reads, and nothing is copied between them.
const ids = { ids: integers(source, [1, source.length]) };
const hidden = outputs(encoder);
const keysAndValues = outputs(cross);
const logits = floats([1, 1, vocab]);
const token = new BigInt64Array(1);
const caches = Array.from({ length: steps + 1 }, (_, length) =>
  Array.from({ length: layers }, () => [floats([1, heads, length, headDim]), floats([1, heads, length, headDim])]));
const named = (what, cache) => Object.fromEntries(cache.flatMap(([keys, values], layer) =>
  [[`${what}_keys_${layer}`, keys], [`${what}_values_${layer}`, values]]));
const feeds = Array.from({ length: steps }, (_, position) => ({
  id: new ort.Tensor('int64', token, [1, 1]),
  position: integers([position], [1]),
  ...keysAndValues,
  ...named('past', caches[position]),
}));
const fetches = Array.from({ length: steps }, (_, position) => ({ logits, ...named('present', caches[position + 1]) }));

const encode = () => encoder.run(ids, hidden, {});

function generate() {
  encode();
  cross.run(hidden, keysAndValues, {});
  token[0] = 1n;
  for (let position = 0; position < steps; position++) {
    step.run(feeds[position], fetches[position], {});
    token[0] = BigInt(argMax(logits.data));
  }
}

function argMax(values) {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if (values[index] > values[best]) best = index;
  }
  return best;
}

function time(pass, seconds) {
  const times = [];
  const started = performance.now();
  do {
    const before = performance.now();
    pass();
    times.push(performance.now() - before);
  } while (performance.now() - started < seconds * 1000);
  return times;
}

// A graph that computes nothing, or nonsense, must not count as fast; the last cache is only written by the last step.
generate();
const last = caches[steps].flat();
const healthy = [logits, ...last].every(tensor => tensor.data.every(Number.isFinite) && tensor.data.some(value => value !== 0));
console.log(JSON.stringify({ healthy }));

for await (const line of createInterface({ input: process.stdin })) {
  const seconds = Number(line.split(' ')[1]);
  const encoders = time(encode, seconds * encoderShare);
  const sentences = time(generate, seconds * (1 - encoderShare));
  console.log(JSON.stringify({ encoders, sentences }));
}
